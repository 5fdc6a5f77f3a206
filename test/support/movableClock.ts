import type { Clock } from '../../server/clock.ts'

/** A clock that a test moves. */
export class MovableClock implements Clock {
  private aheadMs = 0
  private stoppedAt: number | undefined

  now(): Date {
    return new Date((this.stoppedAt ?? Date.now()) + this.aheadMs)
  }

  /** From now on only a test moves it: what takes long on a busy machine takes no time. */
  stop(): void {
    this.stoppedAt = Date.now()
  }

  move(ms: number): void {
    this.aheadMs += ms
  }
}
