import type { Logger } from 'pino'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import type { AskedQuery, Opening } from './queryLogModels.ts'

const writtenEveryMs = 1_000
/** What comes on top while the database does not take it is not noted. */
const mostWaiting = 1_000
const mostOpened = 50
const longestCloseMs = 1_000
const openedWithinMs = 86_400_000

export type Noted = Pick<AskedQuery, 'words' | 'instead' | 'isFollowUp' | 'found'> & { personId: string }

interface Opened {
  personId: string
  words: string
  opening: Opening
  at: Date
}

/**
 * Notes what is asked and opened, a second later and all at once, so that no search waits for it or fails with it: what the database does not take
 * is lost.
 */
export class QueryLog {
  private readonly asked: Models['askedQueries']
  private readonly clock: Clock
  private readonly log: Logger
  private queries: AskedQuery[] = []
  private openings: Opened[] = []
  private timer: NodeJS.Timeout | undefined
  private writing: Promise<void> = Promise.resolve()

  constructor({ askedQueries }: Pick<Models, 'askedQueries'>, { clock, log }: { clock: Clock; log: Logger }) {
    this.asked = askedQueries
    this.clock = clock
    this.log = log
  }

  note(noted: Noted): void {
    if (this.queries.length < mostWaiting) this.queries.push({ _id: newId(), ...noted, askedAt: this.clock.now(), opened: [] })
    this.writeLater()
  }

  /** Of what somebody asked last in these words. */
  noteOpened(personId: string, words: string, opening: Opening): void {
    if (this.openings.length < mostWaiting) this.openings.push({ personId, words, opening, at: this.clock.now() })
    this.writeLater()
  }

  /** Writes what waits, and resolves when it is written or lost. */
  flush(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    this.writing = this.writing.then(() => this.write())
    return this.writing
  }

  /** A database that does not answer holds up nobody who stops the site. */
  async close(): Promise<void> {
    await Promise.race([this.flush(), new Promise(resolve => setTimeout(resolve, longestCloseMs).unref())])
  }

  private writeLater(): void {
    this.timer ??= setTimeout(() => void this.flush(), writtenEveryMs).unref()
  }

  private async write(): Promise<void> {
    const [queries, openings] = [this.queries, this.openings]
    this.queries = []
    this.openings = []
    try {
      if (queries.length > 0) await this.asked.insertMany(queries, { lean: true, ordered: false })
      for (const opened of openings) await this.keepOpened(opened)
    } catch (error) {
      this.log.warn({ err: error, queries: queries.length }, 'what was searched for was not noted')
    }
  }

  private async keepOpened({ personId, words, opening, at }: Opened): Promise<void> {
    const asked = { personId, words, askedAt: { $gte: new Date(at.getTime() - openedWithinMs) } }
    const hasRoom = { [`opened.${mostOpened - 1}`]: { $exists: false } }
    const change = { $addToSet: { opened: opening }, $min: { openedAt: at } }
    await this.asked.findOneAndUpdate({ ...asked, ...hasRoom }, change, { sort: { askedAt: -1 } })
  }
}
