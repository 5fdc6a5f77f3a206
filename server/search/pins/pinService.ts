import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { refuseOthers } from '../searchKeepers.ts'
import type { KnownPins } from './knownPins.ts'
import type { Pin, PinnedReference } from './pinModel.ts'
import { keyOf, type PinnedRecord, type PinnedRecords, referenceTo } from './pinnedRecords.ts'
import { problemOfQueries, spellingOfQuery } from './pinQueries.ts'

export const mostPins = 500
export const mostRecords = 5

const changedMeanwhile =
  'Somebody else changed or removed this pin while you were writing. What you typed is still below: compare it with the list and save again.'

/** A pin as somebody types it: queries, and the addresses of pages. */
export interface TypedPin {
  queries: readonly string[]
  pages: readonly string[]
  /** What of it the keeper does not see is taken off. */
  dropsUnseen?: boolean
}

interface Collaborators {
  known: KnownPins
  records: PinnedRecords
  clock: Clock
}

/** What administrators put first for certain queries; no query has two pins. */
export class PinService {
  private readonly pins: Models['pins']
  private readonly with: Collaborators

  constructor({ pins }: Pick<Models, 'pins'>, collaborators: Collaborators) {
    this.pins = pins
    this.with = collaborators
  }

  /** In the order of their first queries. */
  async list(): Promise<Pin[]> {
    const pins = await this.pins.find({}).lean<Pin[]>()
    return pins.sort((a, b) => (a.queries[0] ?? '').localeCompare(b.queries[0] ?? '', 'en'))
  }

  /** @throws NotFound */
  async find(id: string): Promise<Pin> {
    const pin = await this.pins.findById(id).lean<Pin>()
    if (pin === null) throw new NotFound('There is no such pin.')
    return pin
  }

  /** What of the references the keeper sees, in their order. */
  async seen(keeper: SignedInPerson, references: readonly PinnedReference[]): Promise<PinnedRecord[]> {
    return this.with.records.read(keeper, references)
  }

  /** @throws Invalid saying what is wrong with the queries or the pages */
  async add(keeper: SignedInPerson, typed: TypedPin): Promise<void> {
    refuseOthers(keeper)
    const content = await this.content(keeper, typed)
    if ((await this.pins.countDocuments({})) >= mostPins)
      throw new Invalid({ queries: `There are ${mostPins} pins already, and no more are kept. Remove one that is not needed first` })
    const pin: Pin = { _id: newId(), revision: 1, ...content }
    await this.unlessTaken(typed.queries, () => this.pins.insertMany([pin], { lean: true }))
  }

  /**
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one
   */
  async change(keeper: SignedInPerson, id: string, typed: TypedPin, opened: number): Promise<void> {
    refuseOthers(keeper)
    const change = { $set: await this.content(keeper, typed, await this.find(id)), $inc: { revision: 1 } }
    const { matchedCount } = await this.unlessTaken(typed.queries, () => this.pins.updateOne({ _id: id, revision: opened }, change))
    if (matchedCount === 0) throw new Conflict(changedMeanwhile)
  }

  /** Twice is once. */
  async remove(keeper: SignedInPerson, id: string): Promise<void> {
    refuseOthers(keeper)
    await this.pins.deleteOne({ _id: id })
    await this.with.known.read()
  }

  private async content(keeper: SignedInPerson, { queries, pages, dropsUnseen = false }: TypedPin, before?: Pin) {
    const unseen = before === undefined || dropsUnseen ? [] : await this.unseen(keeper, before)
    const problem = problemOfQueries(queries) ?? (await this.clash(queries, before?._id))
    const asked = await this.typedRecords(keeper, pages, unseen.length)
    const problems = {
      ...(problem === undefined ? {} : { queries: problem }),
      ...(asked.problem === undefined ? {} : { pages: asked.problem }),
    }
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    return {
      queries: [...queries],
      spellings: queries.map(spellingOfQuery),
      records: [...asked.records, ...unseen],
      changedById: keeper.id,
      changedAt: this.with.clock.now(),
    }
  }

  private async unseen(keeper: SignedInPerson, { records }: Pin): Promise<PinnedReference[]> {
    const seen = new Set((await this.seen(keeper, records)).map(record => keyOf(referenceTo(record))))
    return records.filter(reference => !seen.has(keyOf(reference)))
  }

  private async typedRecords(keeper: SignedInPerson, pages: readonly string[], besides: number) {
    const records = new Map<string, PinnedReference>()
    for (const page of pages.slice(0, mostRecords + 1)) {
      const found = await this.with.records.at(keeper, page)
      if (found === undefined)
        return {
          records: [],
          problem: `“${page.slice(0, 100)}” is not the address of an article or a profile that you can see. Open it and copy its address`,
        }
      records.set(keyOf(referenceTo(found)), referenceTo(found))
    }
    const problem =
      records.size + besides === 0
        ? 'Enter the address of at least one page'
        : records.size + besides > mostRecords
          ? `Pin ${mostRecords} pages or fewer, or the results are pushed out of sight`
          : undefined
    return { records: [...records.values()], problem }
  }

  private async clash(queries: readonly string[], ownId?: string): Promise<string | undefined> {
    const others = await this.pins.find({ spellings: { $in: queries.map(spellingOfQuery) } }).lean<Pin[]>()
    const other = others.find(({ _id }) => _id !== ownId)
    const taken = queries.find(query => other?.spellings.includes(spellingOfQuery(query)))
    return other && `“${taken}” has a pin already: ${other.queries.join(', ')}. Change that one instead`
  }

  private async unlessTaken<T>(queries: readonly string[], write: () => Promise<T>): Promise<T> {
    try {
      return await write()
    } catch (error) {
      if (!isTaken(error)) throw error
      throw new Invalid({ queries: (await this.clash(queries)) ?? changedMeanwhile })
    } finally {
      await this.with.known.read()
    }
  }
}
