import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { refuseOthers } from '../skillKeeping.ts'
import type { Skill } from '../skillModel.ts'
import type { SkillService } from '../skillService.ts'
import { type AlikePair, alikePairs, pairId } from './alikePairs.ts'

/** Skills that may be the same, and what administrators said of them. */
export class SkillPairs {
  private readonly models: Pick<Models, 'dismissedSkillPairs'>
  private readonly with: { skills: SkillService; clock: Clock }

  constructor(models: Pick<Models, 'dismissedSkillPairs'>, collaborators: { skills: SkillService; clock: Clock }) {
    this.models = models
    this.with = collaborators
  }

  /** Of the vocabulary, the most alike first, without those that somebody dismissed. */
  async proposed(vocabulary: readonly Skill[]): Promise<AlikePair[]> {
    const pairs = alikePairs(vocabulary)
    const ids = pairs.map(({ skills }) => pairId(skills))
    const dismissed = ids.length === 0 ? [] : await this.models.dismissedSkillPairs.find({ _id: { $in: ids } }).lean<{ _id: string }[]>()
    const gone = new Set(dismissed.map(({ _id }) => _id))
    return pairs.filter(({ skills }) => !gone.has(pairId(skills)))
  }

  /** For good; twice is once. @throws NotFound */
  async dismiss(keeper: SignedInPerson, ids: readonly [string, string]): Promise<readonly [Skill, Skill]> {
    refuseOthers(keeper)
    const named = await this.with.skills.named({ ids }, keeper)
    const [one, other] = ids.map(id => named.find(({ _id }) => _id === id))
    if (one === undefined || other === undefined || one === other) throw new NotFound('There are no such two skills.')
    try {
      await this.models.dismissedSkillPairs.insertMany([{ _id: pairId([one, other]), byId: keeper.id, at: this.with.clock.now() }], {
        lean: true,
      })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
    return [one, other]
  }
}
