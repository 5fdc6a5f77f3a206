import { MongoError } from './mongoError.ts'
import type { StoreDatabase } from './storeDatabase.ts'

interface Waiting {
  answer: () => void
  fail: (error: unknown) => void
}

/** What a command wrote, or may have seen, was never kept. */
export class LostTransaction extends MongoError {
  constructor() {
    super(14031, 'The store could not keep the write: the disk may be full')
  }
}

/**
 * Joins the commands that come together into one commit. Nothing is answered before what it saw or wrote is on disk; a transaction that is lost
 * fails every command that wrote in it.
 */
export class GroupCommit {
  private readonly db: StoreDatabase
  private readonly onRollback: () => void
  private waiting: Waiting[] = []
  private planned = false
  /** Of the transaction that is open, or was last. */
  private number = 0
  private open = false
  private lastLost = 0

  constructor(db: StoreDatabase, onRollback: () => void) {
    this.db = db
    this.onRollback = onRollback
  }

  /** Call before each write of a command. @returns the number of the transaction it writes in */
  begin(): number {
    if (this.open && !this.db.inTransaction) this.lose()
    if (!this.open) {
      this.db.exec('BEGIN IMMEDIATE')
      this.open = true
      this.number++
    }
    this.plan()
    return this.number
  }

  /**
   * Resolves when everything so far is on disk.
   * @param since  the first transaction that the command wrote in, when it wrote
   * @throws MongoError when one of them was lost
   */
  durable(since?: number): Promise<void> {
    if (since !== undefined && this.lastLost >= since) return Promise.reject(new LostTransaction())
    if (!this.open) return Promise.resolve()
    return new Promise((answer, fail) => {
      this.waiting.push({ answer, fail })
      this.plan()
    })
  }

  /** Commits what is open, now. */
  flush(): void {
    this.planned = false
    if (!this.open) return
    try {
      if (!this.db.inTransaction) throw new LostTransaction()
      this.db.exec('COMMIT')
      this.open = false
      const waiting = this.waiting
      this.waiting = []
      for (const { answer } of waiting) answer()
    } catch {
      this.lose()
    }
  }

  private lose(): void {
    if (this.db.inTransaction) this.db.exec('ROLLBACK')
    this.open = false
    this.lastLost = this.number
    this.onRollback()
    const waiting = this.waiting
    this.waiting = []
    for (const { fail } of waiting) fail(new LostTransaction())
  }

  private plan(): void {
    if (this.planned) return
    this.planned = true
    setImmediate(() => this.flush())
  }
}
