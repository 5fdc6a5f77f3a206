import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { MetricSource } from './metricSource.ts'
import { SourceReading } from './sourceReading.ts'

/** However often somebody asks, sources are read this seldom. */
const readAgainMs = 5_000
const pageSeconds = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export type MetricsOfProcess = Awaited<ReturnType<Registry['getMetricsAsJSON']>>

interface EndedRequest {
  method: string
  /** The pattern, or "unmatched". */
  route: string
  outcome: string
  seconds: number
}

/** What one process counts of itself and of what features declare, in the format of Prometheus. */
export class Metrics {
  private readonly registry = new Registry()
  private readonly sources = new Map<string, SourceReading>()
  private readonly requests = this.counter('skillpool_http_requests_total', 'Requests answered.', ['method', 'route', 'status'])
  private readonly requestSeconds = this.histogram('skillpool_http_request_duration_seconds', 'Time to answer a request.', [
    'method',
    'route',
  ])
  private readonly underWay = this.gauge('skillpool_http_requests_under_way', 'Requests that are not answered yet.')
  private readonly searchSeconds = this.histogram('skillpool_search_duration_seconds', 'Time of a search, by who answered it.', [
    'answered_by',
  ])
  private readonly unread = this.gauge('skillpool_metrics_unread', 'Metrics that could not be read in time, and are missing here.')
  private reading: Promise<void> | undefined
  private readAt = Number.NEGATIVE_INFINITY

  requestBegan(): void {
    this.underWay.inc()
  }

  requestEnded({ method, route, outcome, seconds }: EndedRequest): void {
    this.underWay.dec()
    this.requests.inc({ method, route, status: outcome })
    this.requestSeconds.observe({ method, route }, seconds)
  }

  /** @param answeredBy  the engine, or the database while it does not answer */
  searched(answeredBy: 'engine' | 'database', seconds: number): void {
    this.searchSeconds.observe({ answered_by: answeredBy }, seconds)
  }

  /** From now on these are shown too, in place of those of the same name. */
  show(sources: readonly MetricSource[]): void {
    for (const source of sources) {
      this.registry.removeSingleMetric(source.name)
      this.sources.set(source.name, new SourceReading(source, this.registry))
    }
    this.readAt = Number.NEGATIVE_INFINITY
  }

  /** Begins to measure memory, processor and event loop. Only a process that answers requests needs that. */
  measureProcess(): void {
    processRegistry ??= startMeasuring()
  }

  /** All of it, in Prometheus's text format; within 2 s whatever does not answer. */
  async text(): Promise<string> {
    await this.readRecently()
    return `${await this.registry.metrics()}\n${(await processRegistry?.metrics()) ?? ''}`
  }

  /** The same, to be added up with those of other processes. */
  async json(): Promise<MetricsOfProcess> {
    await this.readRecently()
    return [...(await this.registry.getMetricsAsJSON()), ...((await processRegistry?.getMetricsAsJSON()) ?? [])]
  }

  readonly contentType = Registry.PROMETHEUS_CONTENT_TYPE

  private async readRecently(): Promise<void> {
    if (performance.now() - this.readAt > readAgainMs) this.reading ??= this.readSources().finally(() => (this.reading = undefined))
    await this.reading
  }

  private async readSources(): Promise<void> {
    const answered = await Promise.all([...this.sources.values()].map(source => source.read()))
    this.unread.set(answered.filter(answer => !answer).length)
    this.readAt = performance.now()
  }

  private counter<L extends string>(name: string, help: string, labelNames: readonly L[]): Counter<L> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] })
  }

  private gauge(name: string, help: string): Gauge {
    return new Gauge({ name, help, registers: [this.registry] })
  }

  private histogram<L extends string>(name: string, help: string, labelNames: readonly L[]): Histogram<L> {
    return new Histogram({ name, help, labelNames: [...labelNames], buckets: pageSeconds, registers: [this.registry] })
  }
}

/** Measured once, however many sites a process holds, as in tests. */
let processRegistry: Registry | undefined

function startMeasuring(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  return registry
}
