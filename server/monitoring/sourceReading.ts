import { setTimeout as wait } from 'node:timers/promises'
import { Counter, Gauge, type Registry } from 'prom-client'
import type { MetricSample, MetricSource } from './metricSource.ts'

const deadlineMs = 1_500

/** A declared source beside the metric that shows what it read last. */
export class SourceReading {
  private readonly source: MetricSource
  private readonly metric: Counter | Gauge

  constructor(source: MetricSource, registry: Registry) {
    const { name, help, type, labels = {}, together = type === 'counter' ? 'sum' : 'max' } = source
    const settings = { name, help, labelNames: Object.keys(labels), registers: [registry], aggregator: together }
    this.source = source
    this.metric = type === 'counter' ? new Counter(settings) : new Gauge(settings)
  }

  /** @returns whether the source answered in time; what it showed before is gone in either case */
  async read(): Promise<boolean> {
    const samples = await inTime(this.source).catch(() => undefined)
    this.metric.reset()
    // A reset leaves 0 where there are no labels, which would be a lie about a number that nobody could read.
    this.metric.remove({})
    for (const { labels, value } of samples ?? []) this.metric.inc(this.bounded(labels), value)
    return samples !== undefined
  }

  private bounded(labels: MetricSample['labels']): Record<string, string> {
    const allowed = Object.entries(this.source.labels ?? {})
    return Object.fromEntries(
      allowed.map(([name, values]) => [name, values.includes(labels[name] ?? '') ? (labels[name] as string) : 'other']),
    )
  }
}

async function inTime(source: MetricSource): Promise<readonly MetricSample[]> {
  const late = new AbortController()
  const deadline = wait(deadlineMs, undefined, { signal: late.signal }).then(() => {
    throw new Error(`${source.name} was not read within ${deadlineMs} ms`)
  })
  try {
    const read = await Promise.race([Promise.resolve().then(() => source.read()), deadline])
    return typeof read === 'number' ? [{ value: read, labels: {} }] : read
  } finally {
    late.abort()
    deadline.catch(() => undefined)
  }
}
