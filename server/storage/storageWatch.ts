import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'

const askEveryMs = 250
const answerWithinMs = 600
/** One lost answer may be a hiccup. */
const missesUntilDown = 2

/**
 * Asks the database all the time whether it answers, so that pages need not find out one by one: within 2 s of its end (or of its hanging) it is known
 * to be down, and within 2 s of its return to be up.
 */
export class StorageWatch {
  private readonly ask: () => Promise<unknown>
  private readonly log: Logger
  private readonly waiting = new Set<() => void>()
  private misses = 0
  private timer: NodeJS.Timeout | undefined
  private stopped = true

  /** @param ask  resolves when the database answers */
  constructor(ask: () => Promise<unknown>, log: Logger) {
    this.ask = ask
    this.log = log
  }

  get isDown(): boolean {
    return this.misses >= missesUntilDown
  }

  start(): void {
    this.stopped = false
    void this.turn()
  }

  stop(): void {
    this.stopped = true
    clearTimeout(this.timer)
  }

  /** Calls `then` when the database is found down. @returns what takes the wish back */
  whenDown(then: () => void): () => void {
    this.waiting.add(then)
    return () => this.waiting.delete(then)
  }

  private async turn(): Promise<void> {
    const answered = await answersInTime(this.ask())
    if (this.stopped) return
    this.note(answered)
    this.timer = setTimeout(() => void this.turn(), answered ? askEveryMs : 0)
    this.timer.unref()
  }

  private note(answered: boolean): void {
    const wasDown = this.isDown
    this.misses = answered ? 0 : this.misses + 1
    if (wasDown && answered) this.log.info('the database answers again')
    if (wasDown || !this.isDown) return
    this.log.error('the database does not answer: pages say so until it does')
    for (const then of [...this.waiting]) then()
    this.waiting.clear()
  }
}

/** An answer that came while this process was too busy to look counts. */
async function answersInTime(asked: Promise<unknown>): Promise<boolean> {
  let outcome: boolean | undefined
  let late: NodeJS.Timeout | undefined
  const settled = asked.then(
    () => {
      outcome = true
    },
    () => {
      outcome = false
    },
  )
  const deadline = new Promise(resolve => {
    late = setTimeout(resolve, answerWithinMs)
  })
  await Promise.race([settled, deadline])
  clearTimeout(late)
  if (outcome === undefined) await nextTurn()
  return outcome ?? false
}
