import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { refuseOthers } from '../searchKeepers.ts'
import type { KnownSynonyms } from './knownSynonyms.ts'
import type { SynonymGroup } from './synonymModel.ts'
import { problemOf, wordingSpelling } from './wordings.ts'

export const mostGroups = 500

const changedMeanwhile =
  'Somebody else changed or removed these words while you were writing. What you typed is still below: compare it with the list and save again.'

interface Collaborators {
  known: KnownSynonyms
  clock: Clock
}

/** The groups of equal words that administrators keep; no word is in two of them. */
export class SynonymService {
  private readonly groups: Models['synonymGroups']
  private readonly with: Collaborators

  constructor({ synonymGroups }: Pick<Models, 'synonymGroups'>, collaborators: Collaborators) {
    this.groups = synonymGroups
    this.with = collaborators
  }

  /** In the order of their first words. */
  async list(): Promise<SynonymGroup[]> {
    const groups = await this.groups.find({}).lean<SynonymGroup[]>()
    return groups.sort((a, b) => (a.wordings[0] ?? '').localeCompare(b.wordings[0] ?? '', 'en'))
  }

  /** @throws NotFound */
  async find(id: string): Promise<SynonymGroup> {
    const group = await this.groups.findById(id).lean<SynonymGroup>()
    if (group === null) throw new NotFound('There is no such group of words.')
    return group
  }

  /** @throws Invalid saying what is wrong with the words, or where one of them is already */
  async add(keeper: SignedInPerson, wordings: readonly string[]): Promise<void> {
    refuseOthers(keeper)
    await this.refuseWrong(wordings)
    if ((await this.groups.countDocuments({})) >= mostGroups)
      throw new Invalid({ wordings: `There are ${mostGroups} groups already, and no more are kept. Remove one that is not needed first` })
    const group: SynonymGroup = { _id: newId(), revision: 1, ...this.content(keeper, wordings) }
    await this.unlessTaken(wordings, () => this.groups.insertMany([group], { lean: true }))
  }

  /**
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one
   */
  async change(keeper: SignedInPerson, id: string, wordings: readonly string[], opened: number): Promise<void> {
    refuseOthers(keeper)
    await this.find(id)
    await this.refuseWrong(wordings, id)
    const change = { $set: this.content(keeper, wordings), $inc: { revision: 1 } }
    const { matchedCount } = await this.unlessTaken(wordings, () => this.groups.updateOne({ _id: id, revision: opened }, change))
    if (matchedCount === 0) throw new Conflict(changedMeanwhile)
  }

  /** Twice is once. */
  async remove(keeper: SignedInPerson, id: string): Promise<void> {
    refuseOthers(keeper)
    await this.groups.deleteOne({ _id: id })
    await this.with.known.read()
  }

  private content({ id }: SignedInPerson, wordings: readonly string[]) {
    return { wordings: [...wordings], spellings: wordings.map(wordingSpelling), changedById: id, changedAt: this.with.clock.now() }
  }

  private async refuseWrong(wordings: readonly string[], ownId?: string): Promise<void> {
    const problem = problemOf(wordings) ?? (await this.clash(wordings, ownId))
    if (problem !== undefined) throw new Invalid({ wordings: problem })
  }

  private async clash(wordings: readonly string[], ownId?: string): Promise<string | undefined> {
    const others = await this.groups.find({ spellings: { $in: wordings.map(wordingSpelling) } }).lean<SynonymGroup[]>()
    const other = others.find(({ _id }) => _id !== ownId)
    const taken = wordings.find(wording => other?.spellings.includes(wordingSpelling(wording)))
    return other && `“${taken}” is in another group already: ${other.wordings.join(', ')}. A word has one group; change that one instead`
  }

  private async unlessTaken<T>(wordings: readonly string[], write: () => Promise<T>): Promise<T> {
    try {
      return await write()
    } catch (error) {
      if (!isTaken(error)) throw error
      throw new Invalid({ wordings: (await this.clash(wordings)) ?? changedMeanwhile })
    } finally {
      await this.with.known.read()
    }
  }
}
