import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { KeptWords } from '../keeping/keptWords.ts'
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
  private readonly kept: KeptWords<Pin>
  private readonly with: Collaborators

  constructor({ pins }: Pick<Models, 'pins'>, collaborators: Collaborators) {
    this.kept = new KeptWords(pins, {
      field: 'queries',
      most: mostPins,
      wordsOf: ({ queries }) => queries,
      spellingOf: spellingOfQuery,
      said: {
        missing: 'There is no such pin.',
        full: `There are ${mostPins} pins already, and no more are kept. Remove one that is not needed first`,
        changedMeanwhile,
        taken: (query, others) => `“${query}” has a pin already: ${others}. Change that one instead`,
      },
      known: collaborators.known,
    })
    this.with = collaborators
  }

  /** In the order of their first queries. */
  list(): Promise<Pin[]> {
    return this.kept.list()
  }

  /** @throws NotFound */
  find(id: string): Promise<Pin> {
    return this.kept.find(id)
  }

  /** What of the references the keeper sees, in their order. */
  async seen(keeper: SignedInPerson, references: readonly PinnedReference[]): Promise<PinnedRecord[]> {
    return this.with.records.read(keeper, references)
  }

  /** @throws Invalid saying what is wrong with the queries or the pages */
  async add(keeper: SignedInPerson, typed: TypedPin): Promise<void> {
    refuseOthers(keeper)
    await this.kept.add(await this.content(keeper, typed))
  }

  /**
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one
   */
  async change(keeper: SignedInPerson, id: string, typed: TypedPin, opened: number): Promise<void> {
    refuseOthers(keeper)
    await this.kept.change(id, await this.content(keeper, typed, await this.find(id)), opened)
  }

  /** Twice is once. */
  remove(keeper: SignedInPerson, id: string): Promise<void> {
    return this.kept.remove(keeper, id)
  }

  private async content(keeper: SignedInPerson, { queries, pages, dropsUnseen = false }: TypedPin, before?: Pin) {
    const unseen = before === undefined || dropsUnseen ? [] : await this.unseen(keeper, before)
    const problem = problemOfQueries(queries) ?? (await this.kept.clash(queries, before?._id))
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
}
