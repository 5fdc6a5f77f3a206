import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { type MessagePort, parentPort, workerData } from 'node:worker_threads'
import { Tokenizer } from '@huggingface/tokenizers'
import { cosine, type EncodedPassage, type PassageText, type Vector, vectorOf } from './encoder.ts'
import type { EncoderCall, EncoderReply } from './encoderCalls.ts'
import { encodable, passagesOf, readPassage } from './passages.ts'

/** What is used of onnxruntime-node, which is not installed everywhere. */
interface Runtime {
  InferenceSession: { create(model: Uint8Array, options: object): Promise<Session> }
  Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown
}
interface Session {
  inputNames: readonly string[]
  run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>
}

/** What sentence-transformers sets for the recommended model. */
const mostTokens = 256
/** A question is cut before it is encoded. */
const longestQuestion = 1_000

const port = parentPort as MessagePort
const { model, tokenizer: tokenizerFile, runtime: address } = workerData as Record<'model' | 'tokenizer' | 'runtime', string>
const questions: (() => Promise<void>)[] = []
const passages: (() => Promise<void>)[] = []
let isWorking = false
let runtime: Runtime
let session: Session
let tokenizer: Tokenizer

port.on('message', (call: EncoderCall) => {
  if (call.name === 'passages') queuePassages(call.id, call.text)
  else questions.push(() => answer(call.id, () => (call.name === 'open' ? open() : encode(call.text.slice(0, longestQuestion)))))
  void work()
})

/** One piece of work at a time, questions first. */
async function work(): Promise<void> {
  if (isWorking) return
  isWorking = true
  for (let next = questions.shift() ?? passages.shift(); next !== undefined; next = questions.shift() ?? passages.shift()) {
    await next()
    // Lets the messages in that came meanwhile.
    await new Promise(resolve => setImmediate(resolve))
  }
  isWorking = false
}

async function answer(id: number, ask: () => Promise<unknown>): Promise<void> {
  try {
    port.postMessage({ id, result: await ask() } satisfies EncoderReply)
  } catch (error) {
    port.postMessage({ id, problem: (error as Error).message } satisfies EncoderReply)
  }
}

/** Each passage is a piece of work of its own: a question waits for one at most. */
function queuePassages(id: number, whole: PassageText): void {
  const text = encodable(whole)
  const done: EncodedPassage[] = []
  passages.push(async () => {
    const cut = passagesOf(text.text)
    const rest = cut.map((passage, position) => async () => {
      try {
        done.push({ ...passage, vector: await encode(readPassage(text, passage)) })
      } catch (error) {
        passages.splice(0, cut.length - position - 1)
        return answer(id, () => Promise.reject(error))
      }
      if (done.length === cut.length) await answer(id, async () => done)
    })
    passages.unshift(...rest)
  })
}

/** @returns what the model is known by, and how many numbers its vectors have */
async function open(): Promise<{ fingerprint: string; dimensions: number }> {
  const [bytes, words] = [readFileSync(model), readFileSync(tokenizerFile)]
  const loaded = (await import(address)) as { default?: Runtime } & Runtime
  runtime = loaded.default ?? loaded
  tokenizer = new Tokenizer(JSON.parse(words.toString('utf8')), {})
  session = await runtime.InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 4 })
  const dimensions = await tried()
  const fingerprint = createHash('sha256').update(bytes).update(words).digest('hex').slice(0, 8)
  return { fingerprint, dimensions }
}

/** A model of another kind, or with the words of another, does not know what is alike. */
async function tried(): Promise<number> {
  const [backup, restore, tea] = await Promise.all(
    ['How do we restore a server from backup?', 'Recovering machines after data loss', 'Sandwiches and tea at noon'].map(encode),
  )
  if (cosine(backup as Vector, restore as Vector) <= cosine(backup as Vector, tea as Vector))
    throw new Error('it is no sentence model, or its tokenizer is of another model')
  return (backup as Vector).length
}

/** The mean of what the model says of each token (Reimers and Gurevych, "Sentence-BERT", EMNLP 2019). */
async function encode(text: string): Promise<Vector> {
  const ids = shortened(tokenizer.encode(text).ids)
  const feeds = Object.fromEntries(session.inputNames.map(name => [name, feed(name, ids)]))
  const [output] = Object.values(await session.run(feeds))
  const [, tokens, dimensions] = output?.dims ?? []
  if (output === undefined || tokens !== ids.length || dimensions === undefined) throw new Error('it gives no vector for each token')
  const sums = new Float64Array(dimensions)
  for (let token = 0; token < tokens; token++)
    for (let place = 0; place < dimensions; place++)
      sums[place] = (sums[place] as number) + (output.data[token * dimensions + place] as number)
  if (!sums.every(Number.isFinite)) throw new Error('it gives numbers that are none')
  return vectorOf(sums)
}

function feed(name: string, ids: readonly number[]): unknown {
  const values: Record<string, () => BigInt64Array> = {
    input_ids: () => BigInt64Array.from(ids, BigInt),
    attention_mask: () => new BigInt64Array(ids.length).fill(1n),
    token_type_ids: () => new BigInt64Array(ids.length),
  }
  const value = values[name]
  if (value === undefined) throw new Error(`it asks for "${name}", which sentence models do not`)
  return new runtime.Tensor('int64', value(), [1, ids.length])
}

/** The token that ends a text stays. */
const shortened = (ids: readonly number[]) => (ids.length <= mostTokens ? ids : [...ids.slice(0, mostTokens - 1), ids.at(-1) as number])
