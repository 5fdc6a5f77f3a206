/** cancelled: an administrator asked for it; stopping: this process ends, another goes on; lost: another process has the job meanwhile. */
export type Interruption = 'cancelled' | 'stopping' | 'lost'

/** Why a running job must end now: the reason of its signal. */
export class Interrupted extends Error {
  readonly why: Interruption

  constructor(why: Interruption) {
    super(`The job must end: ${why}`)
    this.why = why
  }
}
