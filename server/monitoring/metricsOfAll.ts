import cluster, { type Worker } from 'node:cluster'
import type { EventEmitter } from 'node:events'
import { AggregatorRegistry } from 'prom-client'
import type { Metrics, MetricsOfProcess } from './metrics.ts'

const answerWithinMs = 3_000

type Message =
  | { metrics: 'wanted'; id: number }
  | { metrics: 'of all'; id: number; text: string }
  | { metrics: 'asked'; id: number }
  | { metrics: 'of one'; id: number; json: MetricsOfProcess }

/**
 * What all web processes of this machine count together, whichever of them is asked: the first process collects it. Alone, a process tells its own.
 */
export class MetricsOfAll {
  private readonly metrics: Metrics
  private lastId = 0

  constructor(metrics: Metrics) {
    this.metrics = metrics
    if (cluster.worker === undefined) return
    process.on('message', (message: Message) => {
      if (message.metrics === 'asked') void this.metrics.json().then(json => send({ metrics: 'of one', id: message.id, json }))
    })
  }

  async text(): Promise<string> {
    if (cluster.worker === undefined) return this.metrics.text()
    const id = ++this.lastId
    send({ metrics: 'wanted', id })
    const answer = await messageOf(process, message => message.metrics === 'of all' && message.id === id)
    return answer?.metrics === 'of all' ? answer.text : this.metrics.text()
  }
}

/** In the first process: collects from all others whenever one of them is asked. */
export function collectMetrics(): void {
  let lastId = 0
  cluster.on('message', (worker: Worker, message: Message) => {
    if (message.metrics !== 'wanted') return
    const id = ++lastId
    const workers = Object.values(cluster.workers ?? {}).filter((each): each is Worker => each?.isConnected() === true)
    const asked = workers.map(async each => {
      each.send({ metrics: 'asked', id } satisfies Message)
      const answer = await messageOf(each, reply => reply.metrics === 'of one' && reply.id === id)
      return answer?.metrics === 'of one' ? [answer.json] : []
    })
    void Promise.all(asked)
      .then(answers => AggregatorRegistry.aggregate(answers.flat()).metrics())
      .then(text => worker.isConnected() && worker.send({ metrics: 'of all', id: message.id, text } satisfies Message))
  })
}

const send = (message: Message) => process.send?.(message)

/** The first message that is meant; undefined when it does not come in time. */
function messageOf(sender: EventEmitter, isMeant: (message: Message) => boolean): Promise<Message | undefined> {
  return new Promise(resolve => {
    const done = (message?: Message) => {
      clearTimeout(late)
      sender.off('message', listen)
      resolve(message)
    }
    const listen = (message: Message) => isMeant(message) && done(message)
    const late = setTimeout(() => done(), answerWithinMs)
    sender.on('message', listen)
  })
}
