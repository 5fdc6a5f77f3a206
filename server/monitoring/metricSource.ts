/**
 * A number that a feature shows whoever watches the site, read when they ask. Reading is cheap: a count from a partial index, a field in memory.
 * It may fail or hang: the number is absent then, and the others stay.
 */
export interface MetricSource {
  /** With its unit, as Prometheus names things: skillpool_oldest_pending_seconds; a counter ends in _total. */
  name: `skillpool_${string}`
  help: string
  /** A counter only grows while the process lives. */
  type: 'gauge' | 'counter'
  /** The values that each label may have. Any other is shown as "other", so that nothing typed becomes a label. */
  labels?: Readonly<Record<string, readonly string[]>>
  /** What several processes of one machine say together: each its part, or ('max', the default of a gauge) all the same. */
  together?: 'sum' | 'max'
  read(): number | readonly MetricSample[] | Promise<number | readonly MetricSample[]>
}

export interface MetricSample {
  value: number
  labels: Readonly<Record<string, string>>
}
