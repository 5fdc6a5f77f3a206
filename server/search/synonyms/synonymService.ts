import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { KeptWords } from '../keeping/keptWords.ts'
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
  private readonly kept: KeptWords<SynonymGroup>
  private readonly clock: Clock

  constructor({ synonymGroups }: Pick<Models, 'synonymGroups'>, { known, clock }: Collaborators) {
    this.kept = new KeptWords(synonymGroups, {
      field: 'wordings',
      most: mostGroups,
      wordsOf: ({ wordings }) => wordings,
      spellingOf: wordingSpelling,
      said: {
        missing: 'There is no such group of words.',
        full: `There are ${mostGroups} groups already, and no more are kept. Remove one that is not needed first`,
        changedMeanwhile,
        taken: (word, others) => `“${word}” is in another group already: ${others}. A word has one group; change that one instead`,
      },
      known,
    })
    this.clock = clock
  }

  /** In the order of their first words. */
  list(): Promise<SynonymGroup[]> {
    return this.kept.list()
  }

  /** @throws NotFound */
  find(id: string): Promise<SynonymGroup> {
    return this.kept.find(id)
  }

  /** @throws Invalid saying what is wrong with the words, or where one of them is already */
  async add(keeper: SignedInPerson, wordings: readonly string[]): Promise<void> {
    refuseOthers(keeper)
    await this.kept.add(await this.content(keeper, wordings))
  }

  /**
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one
   */
  async change(keeper: SignedInPerson, id: string, wordings: readonly string[], opened: number): Promise<void> {
    refuseOthers(keeper)
    await this.find(id)
    await this.kept.change(id, await this.content(keeper, wordings, id), opened)
  }

  /** Twice is once. */
  remove(keeper: SignedInPerson, id: string): Promise<void> {
    return this.kept.remove(keeper, id)
  }

  private async content(keeper: SignedInPerson, wordings: readonly string[], ownId?: string) {
    const problem = problemOf(wordings) ?? (await this.kept.clash(wordings, ownId))
    if (problem !== undefined) throw new Invalid({ wordings: problem })
    return { wordings: [...wordings], spellings: wordings.map(wordingSpelling), changedById: keeper.id, changedAt: this.clock.now() }
  }
}
