import type { Clock } from '../clock.ts'

const keptMs = 2_000

/** What many requests need and few change: every process reads it again when what it has is older than two seconds. */
export class FreshlyRead<T> {
  private readonly look: () => Promise<T>
  private readonly clock: Clock
  private kept: { value: T; readAt: number } | undefined
  private begun = 0
  private shown = 0
  private reading: Promise<T> | undefined

  constructor(look: () => Promise<T>, clock: Clock) {
    this.look = look
    this.clock = clock
  }

  /** What was read last, without a look; undefined before the first. */
  get last(): T | undefined {
    return this.kept?.value
  }

  /** Several who ask at once share one look. */
  async value(): Promise<T> {
    if (this.kept !== undefined && Math.abs(this.clock.now().getTime() - this.kept.readAt) < keptMs) return this.kept.value
    this.reading ??= this.read().finally(() => {
      this.reading = undefined
    })
    return this.reading
  }

  /** Reads it now. Whoever began to read before, and ends afterwards, changes nothing: what they read may be older. */
  async read(): Promise<T> {
    const turn = ++this.begun
    const readAt = this.clock.now().getTime()
    const value = await this.look()
    if (turn > this.shown) {
      this.shown = turn
      this.kept = { value, readAt }
    }
    return this.kept?.value ?? value
  }
}
