import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import type { Connection } from 'mongoose'
import type { Clock } from '../../clock.ts'
import { Unavailable } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { Lease, type LeaseRecord } from '../leases.ts'
import type { Migration } from './migration.ts'
import type { MigrationRecord } from './migrationModel.ts'

const leaseMs = 30_000
const askAgainMs = 500

interface Collaborators {
  connection: Connection
  models: Pick<Models, 'migrations' | 'leases'>
  migrations: readonly Migration[]
  clock: Clock
  codeVersion: string
}

export interface MigrationState {
  /** In the order in which they are to be done; an interrupted one first. */
  pending: Migration[]
  /** Done by a newer Skillpool: this one does not know them. */
  unknown: MigrationRecord[]
}

/** What somebody who waits for it is told. */
export interface MigrationTelling {
  waitsFor?(other: LeaseRecord): void
  begins?(migration: Migration): void
  reached?(migration: Migration, done: number): void
  ended?(migration: Migration, tookMs: number): void
}

/** Does migrations in their order, one process at a time. */
export class Migrator {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  async state(): Promise<MigrationState> {
    const records = await this.with.models.migrations.find().sort({ _id: 1 }).lean<MigrationRecord[]>()
    const ended = new Set(records.flatMap(({ _id, endedAt }) => (endedAt === undefined ? [] : [_id])))
    const known = new Set(this.with.migrations.map(({ name }) => name))
    return {
      pending: this.with.migrations.filter(({ name }) => !ended.has(name)),
      unknown: records.filter(({ _id }) => !known.has(_id)),
    }
  }

  /** Waits for another process that is at it; what that one did is not done again. @returns the names of those done here */
  async run(telling: MigrationTelling = {}, signal?: AbortSignal): Promise<string[]> {
    const lost = new AbortController()
    const lease = await this.lease(telling, () => lost.abort(awayTooLong()), signal)
    const ended = signal === undefined ? lost.signal : AbortSignal.any([lost.signal, signal])
    try {
      const { pending } = await this.state()
      for (const migration of pending) {
        ended.throwIfAborted()
        await this.carryOut(migration, lease.fence, telling, ended)
      }
      return pending.map(({ name }) => name)
    } finally {
      await lease.release()
    }
  }

  private async lease(telling: MigrationTelling, onLost: () => void, signal?: AbortSignal): Promise<Lease> {
    for (let isTold = false; ; isTold = true) {
      const taken = await Lease.take(this.with.models.leases, 'migrations', { clock: this.with.clock, forMs: leaseMs, onLost })
      if (taken instanceof Lease) return taken
      if (!isTold) telling.waitsFor?.(taken)
      await wait(askAgainMs, undefined, { signal })
    }
  }

  private async carryOut(migration: Migration, fence: number, telling: MigrationTelling, ended: AbortSignal): Promise<void> {
    const { connection, clock } = this.with
    const beganAt = clock.now()
    const begun = await this.begin(migration, fence, beganAt)
    telling.begins?.(migration)
    const reached = async (position: string, done: number) => {
      await this.write(migration, fence, { position, done })
      telling.reached?.(migration, done)
      ended.throwIfAborted()
    }
    await migration.run({ connection, position: begun.position, reached })
    const endedAt = clock.now()
    const tookMs = Math.max(0, endedAt.getTime() - beganAt.getTime())
    await this.write(migration, fence, { endedAt, tookMs })
    telling.ended?.(migration, tookMs)
  }

  private async begin({ name }: Migration, fence: number, beganAt: Date): Promise<MigrationRecord> {
    const set = { beganAt, fence, codeVersion: this.with.codeVersion, host: hostname() }
    const begun = await this.with.models.migrations
      .findOneAndUpdate({ _id: name }, { $set: set, $setOnInsert: { done: 0 } }, { upsert: true, returnDocument: 'after' })
      .lean<MigrationRecord>()
    return begun as MigrationRecord
  }

  private async write({ name }: Migration, fence: number, set: Partial<MigrationRecord>): Promise<void> {
    const { matchedCount } = await this.with.models.migrations.updateOne({ _id: name, fence }, { $set: set })
    if (matchedCount === 0) throw awayTooLong()
  }
}

const awayTooLong = () =>
  new Unavailable('This process was away for so long that another one migrates now. Run it again to see how far it is.')
