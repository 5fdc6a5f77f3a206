import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict } from '../../failures.ts'
import type { Receiver } from '../../handover.ts'
import type { JobRecord } from '../../jobs/jobModel.ts'
import type { JobQueue } from '../../jobs/jobQueue.ts'
import type { Models } from '../../models.ts'
import type { Person } from '../../people/personModel.ts'
import { newId } from '../../storage/newId.ts'
import type { AskedHandover } from './handoverModel.ts'

export interface HandoverOrder {
  person: Person
  receivers: ReadonlyMap<string, Receiver>
  leaves: boolean
  /** How many things that are. */
  count: number
}

const dayMs = 86_400_000
export const handoverJobName = 'hand-over'

/** What is too much to hand over while somebody waits: one job at a time for whoever it is of. */
export class QueuedHandovers {
  private readonly asked: Models['handovers']
  private readonly jobs: JobQueue
  private readonly clock: Clock

  constructor(models: Pick<Models, 'handovers'>, { jobs, clock }: { jobs: JobQueue; clock: Clock }) {
    this.asked = models.handovers
    this.jobs = jobs
    this.clock = clock
  }

  /** @throws Conflict when a job is at it already */
  async ask(administrator: SignedInPerson, { person, receivers, leaves }: HandoverOrder): Promise<void> {
    await this.asked.deleteMany({ askedAt: { $lt: this.dayAgo() } })
    const asked: AskedHandover = {
      ...{ _id: newId(), personId: person._id, slug: person.slug, askedById: administrator.id, askedAt: this.clock.now(), leaves },
      receivers: [...receivers].map(([kind, receiver]) => ({ kind, ...receiver })),
    }
    await this.asked.insertMany([asked], { lean: true })
    const wanted = { id: asked._id, name: handoverJobName, subject: asked._id, key: `${handoverJobName} ${person._id}` }
    const job = await this.jobs.ask({ ...wanted, askedById: administrator.id })
    if (job._id === asked._id) return
    await this.asked.deleteOne({ _id: asked._id })
    throw new Conflict(`What ${person.name} owns is being handed over already. See how far it is.`)
  }

  async read(id: string): Promise<AskedHandover | undefined> {
    return (await this.asked.findById(id).lean<AskedHandover>()) ?? undefined
  }

  /** The last job for somebody, for a day. */
  async lastFor({ _id }: Person): Promise<JobRecord | undefined> {
    const [last] = await this.asked
      .find({ personId: _id, askedAt: { $gte: this.dayAgo() } })
      .sort({ askedAt: -1 })
      .limit(1)
      .lean<AskedHandover[]>()
    return last === undefined ? undefined : this.jobs.find(last._id).catch(() => undefined)
  }

  private dayAgo(): Date {
    return new Date(this.clock.now().getTime() - dayMs)
  }
}
