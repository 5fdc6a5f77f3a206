import { type MessagePort, parentPort, type Worker } from 'node:worker_threads'
import { Unavailable } from '../../failures.ts'
import { IndexMissing } from '../searchEngine.ts'

interface Call {
  id: number
  name: string
  args: readonly unknown[]
}
type Reply = { id: number; result: unknown } | { id: number; problem: string }
type Calls = Readonly<Record<string, (...args: never[]) => unknown>>

/** In the worker: answers calls by name, one at a time. */
export function answerCalls(calls: Calls): void {
  const port = parentPort as MessagePort
  port.on('message', ({ id, name, args }: Call) => port.postMessage(reply(calls, id, name, args)))
}

function reply(calls: Calls, id: number, name: string, args: readonly unknown[]): Reply {
  try {
    return { id, result: calls[name]?.(...(args as never[])) }
  } catch (error) {
    return { id, problem: (error as Error).message }
  }
}

function failureOf(problem: string): Error {
  if (problem.startsWith('missing:')) return new IndexMissing(problem)
  return problem.startsWith('gone:') ? new Unavailable(problem) : new Error(problem)
}

/** In the main thread: a worker whose functions are called by name, each with a deadline. */
export class CalledWorker {
  private readonly worker: Worker
  private readonly waiting = new Map<number, (reply: Reply) => void>()
  private lastId = 0
  private gone: string | undefined

  constructor(worker: Worker) {
    this.worker = worker
    this.worker.on('message', (reply: Reply) => this.waiting.get(reply.id)?.(reply))
    this.worker.on('error', error => this.fail(error.message))
    this.worker.on('exit', () => this.fail('it has stopped'))
    this.worker.unref()
  }

  /** @throws Unavailable when the deadline is over or the worker is gone; IndexMissing; Error with the worker's own message */
  call<T>(name: string, args: readonly unknown[], deadlineMs: number): Promise<T> {
    const id = ++this.lastId
    return new Promise<T>((resolve, reject) => {
      if (this.gone !== undefined) return reject(new Unavailable(`The embedded search does not answer: ${this.gone}.`))
      const late = setTimeout(
        () => this.settle(id, () => reject(new Unavailable('The embedded search did not answer in time.'))),
        deadlineMs,
      )
      this.waiting.set(id, reply =>
        this.settle(id, () => {
          clearTimeout(late)
          if ('problem' in reply) reject(failureOf(reply.problem))
          else resolve(reply.result as T)
        }),
      )
      this.worker.postMessage({ id, name, args } satisfies Call)
    })
  }

  async stop(): Promise<void> {
    await this.worker.terminate()
  }

  private settle(id: number, answer: () => void): void {
    this.waiting.delete(id)
    answer()
  }

  private fail(reason: string): void {
    this.gone = reason
    for (const [id, answer] of [...this.waiting]) answer({ id, problem: `gone: ${reason}` })
  }
}
