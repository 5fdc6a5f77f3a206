import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { DeclaredSkills } from '../../people/declaredSkills.ts'
import { newId } from '../../storage/newId.ts'
import type { SkillForm } from '../skillForms.ts'
import { refuseOthers, type SkillKeeping, withoutRepetition } from '../skillKeeping.ts'
import type { SkillService } from '../skillService.ts'
import type { SkillProposal } from './skillProposalModel.ts'
import type { SkillProposals } from './skillProposals.ts'

interface Collaborators {
  skills: SkillService
  skillKeeping: SkillKeeping
  skillProposals: SkillProposals
  declaredSkills: DeclaredSkills
  notifications: Notifications
  clock: Clock
}

type Decision = Pick<SkillProposal, 'state'> & Partial<Pick<SkillProposal, 'skillId' | 'content' | 'reason' | 'unfinished'>>

/**
 * What administrators of the partnership say to proposals. One write decides; what follows from it, in the vocabulary and on profiles, can be repeated
 * and is finished by a job where it was cut short.
 */
export class ProposalDecisions {
  private readonly models: Pick<Models, 'skillProposals'>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'skillProposals'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
  }

  /** Makes the skill and puts it on the profiles that it was proposed for. @throws Invalid, Conflict when it was decided already */
  async accept(keeper: SignedInPerson, id: string, form: SkillForm): Promise<SkillProposal> {
    refuseOthers(keeper)
    await this.with.skillProposals.find(keeper, id)
    const { name, aliases, group, description } = withoutRepetition(form)
    const content = { name, aliases, group, description }
    await this.whileOpen(keeper, id, () => this.with.skillKeeping.refuseClash(content))
    return this.carryOut(await this.decide(keeper, id, { state: 'accepted', skillId: newId(), content, unfinished: true }))
  }

  /** The name becomes an alias of a skill that is there, which goes on the profiles. @throws Invalid, Conflict when it was decided already */
  async acceptAsAlias(keeper: SignedInPerson, id: string, skillName: string): Promise<SkillProposal> {
    refuseOthers(keeper)
    const { name } = await this.with.skillProposals.find(keeper, id)
    const skill = await this.with.skills.called(skillName, keeper)
    if (skill === undefined) throw new Invalid({ skill: `“${skillName}” is not in the skills vocabulary` })
    const owner = await this.with.skills.called(name, keeper)
    if (owner !== undefined && owner._id !== skill._id) throw new Invalid({ skill: `“${name}” belongs to the skill ${owner.name} already` })
    return this.carryOut(await this.decide(keeper, id, { state: 'alias', skillId: skill._id, unfinished: true }))
  }

  /** @throws Conflict when it was decided already */
  async decline(keeper: SignedInPerson, id: string, reason: string): Promise<SkillProposal> {
    refuseOthers(keeper)
    await this.with.skillProposals.find(keeper, id)
    return this.carryOut(await this.decide(keeper, id, { state: 'declined', reason, unfinished: true }))
  }

  /** @returns how many decisions were finished that had been cut short @throws the last failure, when the others are finished */
  async finish(): Promise<number> {
    const begun = this.models.skillProposals.find({ unfinished: true }).asSystem('a job finishes what was decided')
    let failure: unknown
    let finished = 0
    for (const proposal of await begun.limit(100).lean<SkillProposal[]>())
      await this.carryOut(proposal).then(
        () => finished++,
        error => {
          failure = error
        },
      )
    if (failure !== undefined) throw failure
    return finished
  }

  private async decide(keeper: SignedInPerson, id: string, decision: Decision): Promise<SkillProposal> {
    const decided = await this.models.skillProposals
      .findOneAndUpdate(
        { _id: id, state: 'open' },
        {
          $set: { ...decision, decidedAt: this.with.clock.now(), decidedById: keeper.id },
          $unset: { openSpelling: 1 },
          $inc: { revision: 1 },
        },
        { returnDocument: 'after' },
      )
      .lean<SkillProposal>()
    if (decided !== null) return decided
    throw decidedAlready()
  }

  /** What was decided a moment ago is the reason why a name is taken: that is said then. */
  private async whileOpen(keeper: SignedInPerson, id: string, check: () => Promise<void>): Promise<void> {
    try {
      await check()
    } catch (error) {
      const { state } = await this.with.skillProposals.find(keeper, id)
      throw state === 'open' ? error : decidedAlready()
    }
  }

  private async carryOut(proposal: SkillProposal): Promise<SkillProposal> {
    if (proposal.state !== 'declined') await this.putOnProfiles(proposal)
    await this.tellProposers(proposal)
    await this.models.skillProposals.updateOne({ _id: proposal._id }, { $unset: { unfinished: 1, content: 1 } })
    return proposal
  }

  private async putOnProfiles(proposal: SkillProposal): Promise<void> {
    const skillId = await this.skillOf(proposal)
    for (const { personId, level, lastUsed, willing } of proposal.proposers)
      await this.with.declaredSkills.add(personId, { skillId, level, willing, ...(lastUsed === undefined ? {} : { lastUsed }) })
  }

  private async tellProposers({ _id, proposers, decidedById = '' }: SkillProposal): Promise<void> {
    const to = proposers.map(({ personId }) => personId)
    await this.with.notifications.tell({ kind: 'skill-proposal-decided', event: _id, to, subjectId: _id, byId: decidedById })
  }

  private async skillOf({ state, skillId = '', content, name }: SkillProposal): Promise<string> {
    const { skillKeeping } = this.with
    if (state === 'accepted' && content !== undefined) await skillKeeping.keep(skillId, content)
    const _id = await skillKeeping.currentId(skillId)
    if (state === 'alias') await skillKeeping.addAlias(_id, name)
    return _id
  }
}

const decidedAlready = () => new Conflict('Somebody else decided this proposal while you looked at it. What they decided is shown here.')
