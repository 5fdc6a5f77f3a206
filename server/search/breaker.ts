import type { Clock } from '../clock.ts'
import { Unavailable } from '../failures.ts'
import { IndexMissing } from './searchEngine.ts'

const firstPauseMs = 1_000
const longestPauseMs = 15_000

/** Keeps pages fast while the engine is down: after a failure it is not asked again for a while, which grows with each further one. */
export class Breaker {
  private readonly clock: Clock
  private pauseMs = 0
  private openedAt = Number.NEGATIVE_INFINITY

  constructor(clock: Clock) {
    this.clock = clock
  }

  /** Whether the engine is left alone just now. */
  get isOpen(): boolean {
    // A clock that was set back does not make the pause longer.
    const sinceMs = this.clock.now().getTime() - this.openedAt
    return sinceMs >= 0 && sinceMs < this.pauseMs
  }

  /** @throws Unavailable at once while the pause lasts, or when the call does */
  async call<T>(ask: () => Promise<T>): Promise<T> {
    if (this.isOpen) throw new Unavailable('The search engine did not answer a moment ago.')
    try {
      const answer = await ask()
      this.pauseMs = 0
      return answer
    } catch (error) {
      // An engine that says so at once keeps no page waiting.
      if (error instanceof Unavailable && !(error instanceof IndexMissing)) this.open()
      throw error
    }
  }

  /** Calls that were under way together fail together: they count as one. */
  private open(): void {
    if (this.isOpen) return
    this.pauseMs = Math.min(longestPauseMs, Math.max(firstPauseMs, this.pauseMs * 2))
    this.openedAt = this.clock.now().getTime()
  }
}
