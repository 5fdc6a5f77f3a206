import { basename, resolve } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { startWorker } from '../../startWorker.ts'
import { type EncodedPassage, type Encoder, EncoderAway, type PassageText, type Vector } from './encoder.ts'
import type { EncoderCall, EncoderReply } from './encoderCalls.ts'
import { modelFilesIn, runtimeAddress, UnusableModel } from './modelFolder.ts'

/** Raised when passages are cut or read otherwise, so that all are encoded anew. */
const cutting = 1
const openWithinMs = 60_000
/** Of the largest record, on a busy machine. */
const passagesWithinMs = 300_000
/** What the model needs lies outside of it. */
const resourceLimits = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 12 }

type Asked = EncoderCall extends infer Call ? (Call extends { id: number } ? Omit<Call, 'id'> : never) : never

/**
 * A sentence model as sentence-transformers lays it out (model.onnx, tokenizer.json), run on one core in a worker thread.
 * @param folder  SEMANTIC_MODEL
 * @throws UnusableModel
 */
export async function openOnnxEncoder(folder: string): Promise<Encoder> {
  const workerData = { ...modelFilesIn(folder), runtime: runtimeAddress() }
  const worker = new EncoderWorker(startWorker('./encoderWorker', import.meta.url, { workerData, resourceLimits }))
  try {
    const { fingerprint, dimensions } = await worker.ask<{ fingerprint: string; dimensions: number }>({ name: 'open' }, openWithinMs)
    return new OnnxEncoder(worker, `${basename(resolve(folder))} ${fingerprint}-${cutting}`, dimensions)
  } catch (error) {
    await worker.stop()
    throw new UnusableModel(
      `SEMANTIC_MODEL: the model in "${folder}" cannot be used: ${(error as Error).message}. "npm run model -- fetch" brings the recommended one.`,
    )
  }
}

class OnnxEncoder implements Encoder {
  readonly model: string
  readonly dimensions: number
  private readonly worker: EncoderWorker

  constructor(worker: EncoderWorker, model: string, dimensions: number) {
    this.worker = worker
    this.model = model
    this.dimensions = dimensions
  }

  get problem(): string | undefined {
    return this.worker.gone
  }

  encodePassages(text: PassageText): Promise<EncodedPassage[]> {
    return this.worker.ask({ name: 'passages', text }, passagesWithinMs)
  }

  encodeQuestion(text: string, withinMs: number): Promise<Vector> {
    return this.worker.ask({ name: 'question', text }, withinMs)
  }

  close(): Promise<void> {
    return this.worker.stop()
  }
}

/** In the main thread: the worker, each call with a deadline. */
class EncoderWorker {
  private readonly worker: Worker
  private readonly waiting = new Map<number, (reply: EncoderReply) => void>()
  private lastId = 0
  /** Why it has stopped. */
  gone: string | undefined

  constructor(worker: Worker) {
    this.worker = worker
    worker.on('message', (reply: EncoderReply) => this.waiting.get(reply.id)?.(reply))
    worker.on('error', error => this.end(error.message))
    worker.on('exit', () => this.end('it has stopped'))
    worker.unref()
  }

  /** @throws EncoderAway */
  ask<T>(call: Asked, withinMs: number): Promise<T> {
    if (this.gone !== undefined) return Promise.reject(new EncoderAway(this.gone))
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      const late = setTimeout(() => this.waiting.get(id)?.({ id, problem: `no answer within ${withinMs} ms` }), withinMs)
      this.waiting.set(id, reply => {
        this.waiting.delete(id)
        clearTimeout(late)
        if ('problem' in reply) reject(new EncoderAway(reply.problem))
        else resolve(reply.result as T)
      })
      this.worker.postMessage({ ...call, id })
    })
  }

  async stop(): Promise<void> {
    await this.worker.terminate()
  }

  private end(reason: string): void {
    this.gone = reason
    for (const [id, answer] of [...this.waiting]) answer({ id, problem: reason })
  }
}
