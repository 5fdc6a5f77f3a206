import { Interrupted, type Interruption } from './interrupted.ts'
import type { JobClaims } from './jobClaims.ts'
import type { JobProgress, JobRecord } from './jobModel.ts'

const keepEveryMs = 1_000
const slowestSignMs = 5_000

/** What the work of a job is given: what it is about, a way to say how far it is, and a signal when it must end. */
export class RunningJob {
  readonly record: JobRecord
  private readonly claims: JobClaims
  private readonly controller = new AbortController()
  private readonly signs: NodeJS.Timeout
  private progress: JobProgress | undefined
  private keeping: NodeJS.Timeout | undefined
  private saidAt = performance.now()

  constructor(record: JobRecord, claims: JobClaims) {
    this.record = record
    this.claims = claims
    this.signs = setInterval(() => void this.stillMine().catch(() => undefined), Math.min(slowestSignMs, claims.leaseMs / 3))
    this.signs.unref()
  }

  get subject(): string | undefined {
    return this.record.subject
  }

  /** How far an earlier try came. */
  get before(): JobProgress | undefined {
    return this.record.progress
  }

  /** Higher than that of every holder before: for writes elsewhere that must not come from one of those. */
  get fence(): number {
    return this.record.fence
  }

  /** Aborted with an Interrupted: the work must end as soon as it can. */
  get signal(): AbortSignal {
    return this.controller.signal
  }

  /** Kept within a second, so it may be called for every step. @throws Interrupted when the work must end */
  report(progress: JobProgress): void {
    this.signal.throwIfAborted()
    this.progress = progress
    this.keeping ??= setTimeout(() => {
      this.keeping = undefined
      void this.stillMine().catch(() => undefined)
    }, keepEveryMs)
  }

  /**
   * Asks the database: before a step that must not be done twice. A database that does not answer leaves the job with its holder until the lease is over.
   * @returns false when the work must end
   */
  async stillMine(): Promise<boolean> {
    if (this.signal.aborted) return false
    const askedAt = performance.now()
    try {
      const record = await this.claims.extend(this.record, this.progress)
      if (record === undefined) this.interrupt('lost')
      else if (record.cancelAsked) this.interrupt('cancelled')
      this.saidAt = askedAt
    } catch (error) {
      if (askedAt - this.saidAt > this.claims.leaseMs) this.interrupt('lost')
      throw error
    }
    return !this.signal.aborted
  }

  interrupt(why: Interruption): void {
    if (!this.signal.aborted) this.controller.abort(new Interrupted(why))
  }

  /** @returns how far it came */
  end(): JobProgress | undefined {
    clearInterval(this.signs)
    clearTimeout(this.keeping)
    return this.progress
  }
}
