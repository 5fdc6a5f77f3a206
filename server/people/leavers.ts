import { partnershipToken } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { Person } from './personModel.ts'

const reason = 'somebody who left is found by those who keep the accounts of their organisation, and by nobody else'

/** People who have left: nobody finds them, and they cannot sign in. Whoever asks here asks for an administrator who keeps them. */
export class Leavers {
  /** What features keep for them alone goes first: when that fails they have not left, and it is tried again. */
  forget: readonly ((personId: string) => Promise<void>)[] = []
  private readonly people: Models['people']
  private readonly write: IndexedWrite<Person>

  constructor(models: Pick<Models, 'people'>, clock: Clock) {
    this.people = models.people
    this.write = new IndexedWrite(models.people, 'name', clock)
  }

  async leave({ _id }: Pick<Person, '_id'>): Promise<void> {
    for (const forget of this.forget) await forget(_id)
    await this.write.update({ _id, status: 'active' }, { $set: { status: 'left', readers: [] } })
  }

  async comeBack({ _id }: Pick<Person, '_id'>): Promise<void> {
    await this.write.update({ _id, status: 'left' }, { $set: { status: 'active', readers: [partnershipToken] } })
  }

  async bySlug(slug: string): Promise<Person | undefined> {
    return (await this.people.findOne({ slug, status: 'left' }).asSystem(reason).lean<Person>()) ?? undefined
  }

  /** By name. @param organisationId  left out, of all */
  async list(wanted: { organisationId?: string; nameWords?: readonly string[] }, page: { from: number; size: number }) {
    const filter = {
      status: 'left' as const,
      ...(wanted.organisationId === undefined ? {} : { organisationId: wanted.organisationId }),
      ...(wanted.nameWords === undefined || wanted.nameWords.length === 0 ? {} : { nameWords: { $all: [...wanted.nameWords] } }),
    }
    const [people, total] = await Promise.all([
      this.people.find(filter).asSystem(reason).sort({ name: 1, _id: 1 }).skip(page.from).limit(page.size).lean<Person[]>(),
      this.people.countDocuments(filter).asSystem(reason),
    ])
    return { people, total }
  }

  /** Those of the ids who have left. */
  async among(ids: readonly string[]): Promise<Person[]> {
    const filter = { _id: { $in: [...ids] }, status: 'left' as const }
    return this.people.find(filter).asSystem('what they own has no owner any more').sort({ name: 1, _id: 1 }).lean<Person[]>()
  }
}
