import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import type { Connection, Model } from 'mongoose'
import type { Clock } from '../clock.ts'
import { internalModel } from './defineModel.ts'
import { heldHere, isAlive } from './holders.ts'

/** Who may do something that only one process may do at a time. */
export interface LeaseRecord {
  /** What for. */
  _id: string
  holder: string
  host: string
  pid: number
  since: Date
  until: Date
  /** Raised with each holder: work of an earlier one is known by its lower number (a fencing token). */
  fence: number
}

export const leaseModel = (connection: Connection) =>
  internalModel<LeaseRecord>(connection, {
    collection: 'leases',
    fields: { holder: String, host: String, pid: Number, since: Date, until: Date, fence: Number },
  })

interface Terms {
  clock: Clock
  /** How long it holds without being renewed; it is renewed three times as often. */
  forMs: number
  /** Somebody else has it: this process was away for longer than `forMs`. */
  onLost(): void
}

/**
 * A right that one process of all on a database has until it ends, dies or is away for too long. A holder that died on this machine is succeeded at
 * once, one of another machine after `forMs`.
 */
export class Lease {
  readonly fence: number
  private readonly model: Model<LeaseRecord>
  private readonly name: string
  private readonly holder: string
  private readonly terms: Terms
  private readonly renewing: NodeJS.Timeout

  private constructor(model: Model<LeaseRecord>, { _id, holder, fence }: LeaseRecord, terms: Terms) {
    this.model = model
    this.name = _id
    this.holder = holder
    this.fence = fence
    this.terms = terms
    this.renewing = setInterval(() => void this.renew().catch(() => undefined), terms.forMs / 3)
    this.renewing.unref()
  }

  /** @returns the lease, or the record of whoever has it */
  static async take(model: Model<LeaseRecord>, name: string, terms: Terms): Promise<Lease | LeaseRecord> {
    const now = terms.clock.now()
    const known = await model.findById(name).lean<LeaseRecord>()
    if (known !== null && known.until > now && isAlive(known)) return known
    const mine = { holder: randomUUID(), host: hostname(), pid: process.pid, since: now, until: new Date(now.getTime() + terms.forMs) }
    heldHere.add(mine.holder)
    const taken = await succeed(model, name, known, mine)
    if (taken?.holder === mine.holder) return new Lease(model, taken, terms)
    heldHere.delete(mine.holder)
    return Lease.take(model, name, terms)
  }

  async release(): Promise<void> {
    clearInterval(this.renewing)
    heldHere.delete(this.holder)
    await this.model.updateOne({ _id: this.name, holder: this.holder }, { $set: { until: new Date(0) } })
  }

  /** A database that does not answer is asked again at the next turn; whoever took the lease meanwhile keeps it. */
  private async renew(): Promise<void> {
    const until = new Date(this.terms.clock.now().getTime() + this.terms.forMs)
    const { matchedCount } = await this.model.updateOne({ _id: this.name, holder: this.holder }, { $set: { until } })
    // Of several renewals under way, the first that finds it gone tells.
    if (matchedCount > 0 || !heldHere.delete(this.holder)) return
    clearInterval(this.renewing)
    this.terms.onLost()
  }
}

/** Only after the holder that is known; undefined when somebody else was faster. */
async function succeed(
  model: Model<LeaseRecord>,
  name: string,
  known: LeaseRecord | null,
  mine: Partial<LeaseRecord>,
): Promise<LeaseRecord | null> {
  const filter = { _id: name, holder: known?.holder ?? { $exists: false } }
  try {
    return await model
      .findOneAndUpdate(filter, { $set: mine, $inc: { fence: 1 } }, { upsert: known === null, returnDocument: 'after' })
      .lean<LeaseRecord>()
  } catch (error) {
    if ((error as { code?: number }).code === 11000) return null
    throw error
  }
}
