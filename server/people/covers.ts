import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Clock } from '../clock.ts'
import type { FeatureServices } from '../feature.ts'
import { byOwner, type Handover, type Owner } from '../handover.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { dayText, localDate } from './absence.ts'
import type { Person } from './personModel.ts'

/** Who covers for colleagues who are away, now or later. */
export class Covers {
  private readonly people: Models['people']
  private readonly write: IndexedWrite<Person>
  private readonly clock: Clock

  constructor(models: Pick<Models, 'people'>, clock: Clock) {
    this.people = models.people
    this.write = new IndexedWrite(models.people, 'name', clock)
    this.clock = clock
  }

  /** The people whom one of these covers, as far as this administrator keeps their profiles; by name. */
  async coveredBy(administrator: SignedInPerson, owners: readonly Owner[]): Promise<Person[]> {
    const filter = {
      $or: [{ 'absence.coverId': { $in: owners.map(({ _id }) => _id) } }, { 'absence.coverSourceId': { $in: owners.flatMap(sourceOf) } }],
      'absence.until': { $gte: localDate(this.clock.now()) },
    }
    const covered = await this.people.find(filter).readableBy(administrator).sort({ name: 1, _id: 1 }).lean<Person[]>()
    return covered.filter(person => may(administrator, { verb: 'edit profile', record: person }))
  }

  /** @returns whether the owner still covered */
  async give({ _id }: Pick<Person, '_id'>, owner: Owner, coverId: string): Promise<boolean> {
    const change = { $set: { 'absence.coverId': coverId }, $unset: { 'absence.coverSourceId': 1 as const } }
    const named = await this.write.update({ _id, 'absence.coverId': owner._id }, change)
    if (named !== null || owner.sourceId === undefined) return named !== null
    return (
      (await this.write.update({ _id, 'absence.coverId': { $exists: false }, 'absence.coverSourceId': owner.sourceId }, change)) !== null
    )
  }
}

export const coverHandover = ({ covers }: FeatureServices): Handover => ({
  kind: 'covers',
  title: 'Cover for colleagues who are away',
  question: 'Who covers instead',
  receivers: 'anybody',
  withoutReceiver: 'Nobody covers for them',
  async owned(administrator, owners) {
    return byOwner(
      await covers.coveredBy(administrator, owners),
      ({ absence }) => owners.filter(owner => isCover(owner, absence)).map(({ _id }) => _id),
      ({ _id: id, name, slug, absence }) => ({
        id,
        title: `${name}, away until ${dayText(absence?.until ?? '')}`,
        href: `/people/${slug}`,
      }),
    )
  },
  async handOver({ administrator, owner, receiver, handedOver }) {
    let given = 0
    for (const covered of await covers.coveredBy(administrator, [owner])) {
      const { personId } = receiver
      if (personId !== undefined && personId !== covered._id && (await covers.give(covered, owner, personId))) given += 1
      handedOver()
    }
    return given
  },
})

const sourceOf = ({ sourceId }: Owner) => (sourceId === undefined ? [] : [sourceId])

function isCover({ _id, sourceId }: Owner, absence: Person['absence']): boolean {
  if (absence?.coverId !== undefined) return absence.coverId === _id
  return absence?.coverSourceId !== undefined && absence.coverSourceId === sourceId
}
