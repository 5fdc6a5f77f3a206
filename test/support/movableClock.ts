import type { Clock } from '../../server/clock.ts'

/** A clock that a test moves. */
export class MovableClock implements Clock {
  private aheadMs = 0

  now(): Date {
    return new Date(Date.now() + this.aheadMs)
  }

  move(ms: number): void {
    this.aheadMs += ms
  }
}
