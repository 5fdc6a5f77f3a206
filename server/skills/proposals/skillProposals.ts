import { administratorsToken, ownAdministratorsToken, personToken, type Reader, type SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Person } from '../../people/personModel.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { spellingOf } from '../../storage/titleWords.ts'
import type { SkillService } from '../skillService.ts'
import type { Proposer, SkillProposal } from './skillProposalModel.ts'

const mostOpen = 20
const mostShown = 20
const mostTries = 10
const longestName = 100

export interface Proposing extends Pick<Proposer, 'level' | 'lastUsed' | 'willing' | 'why'> {
  name: string
  group?: string
}

/** Whether a name can be proposed: it has letters or figures, and is no essay. */
export const isProposable = (name: string): boolean => spellingOf(name) !== '' && name.length <= longestName

/** Skills that people miss in the vocabulary: who proposed what, and what came of it. */
export class SkillProposals {
  private readonly models: Pick<Models, 'skillProposals'>
  private readonly with: { skills: SkillService; clock: Clock }

  constructor(models: Pick<Models, 'skillProposals'>, collaborators: { skills: SkillService; clock: Clock }) {
    this.models = models
    this.with = collaborators
  }

  /**
   * @param editor  who may change the profile of the person
   * @throws Conflict when the vocabulary has it by now, Invalid when too many of the person's are open
   */
  async propose(editor: SignedInPerson, person: Person, { name, group, ...declared }: Proposing): Promise<void> {
    const proposer: Proposer = { ...declared, personId: person._id, byId: editor.id, at: this.with.clock.now() }
    const readers = [administratorsToken, personToken(person._id), ownAdministratorsToken(person.organisationId)]
    for (let tries = 0; tries < mostTries; tries++) {
      if ((await this.with.skills.called(name, editor)) !== undefined)
        throw new Conflict(`“${name}” came into the vocabulary just now. Save it once more.`)
      const open = await this.openOne(name)
      if (open !== undefined && (await this.join(open, proposer, readers))) return
      if (open !== undefined) continue
      await this.refuseMany(person)
      if (await this.begin({ name, ...(group === undefined ? {} : { group }) }, proposer, readers)) return
    }
    throw new Conflict('Others propose the same just now. Try again in a moment.')
  }

  /** What was proposed for a profile, the newest first; the profile is one that the reader may change. */
  ofPerson(person: Person): Promise<SkillProposal[]> {
    return this.models.skillProposals
      .find({ 'proposers.personId': person._id })
      .asSystem('whoever may change a profile sees what was proposed for it')
      .sort({ createdAt: -1 })
      .limit(mostShown)
      .lean<SkillProposal[]>()
  }

  /** Those of the ids that were proposed for the profile of this person, and are decided. */
  decidedFor(personId: string, ids: readonly string[]): Promise<SkillProposal[]> {
    return this.models.skillProposals
      .find({ _id: { $in: [...ids] }, 'proposers.personId': personId, state: { $ne: 'open' } })
      .asSystem('whose profile it was proposed for learns what came of it')
      .lean<SkillProposal[]>()
  }

  /** The oldest first. */
  open(reader: Reader, most: number): Promise<SkillProposal[]> {
    return this.models.skillProposals
      .find({ state: 'open' })
      .readableBy(administering(reader))
      .sort({ createdAt: 1 })
      .limit(most)
      .lean<SkillProposal[]>()
  }

  async countOpen(reader: Reader): Promise<number> {
    return this.models.skillProposals.countDocuments({ state: 'open' }).readableBy(administering(reader))
  }

  /** The newest first: earlier ones of the same spelling that were declined. */
  async declinedBefore(reader: Reader, { name }: Pick<SkillProposal, 'name'>): Promise<SkillProposal[]> {
    const declined = await this.models.skillProposals
      .find({ state: 'declined' })
      .readableBy(administering(reader))
      .sort({ createdAt: -1 })
      .lean<SkillProposal[]>()
    return declined.filter(proposal => spellingOf(proposal.name) === spellingOf(name))
  }

  /** @throws NotFound */
  async find(reader: Reader, id: string): Promise<SkillProposal> {
    const proposal = await this.models.skillProposals.findOne({ _id: id }).readableBy(administering(reader)).lean<SkillProposal>()
    if (proposal === null) throw new NotFound('There is no such proposal. Look at the list of those that are open.')
    return proposal
  }

  private async openOne(name: string): Promise<SkillProposal | undefined> {
    const open = this.models.skillProposals.findOne({ openSpelling: spellingOf(name) })
    return (await open.asSystem('the same proposal is not made twice').lean<SkillProposal>()) ?? undefined
  }

  /** @returns false when it changed meanwhile */
  private async join(open: SkillProposal, proposer: Proposer, readers: readonly string[]): Promise<boolean> {
    const others = open.proposers.filter(({ personId }) => personId !== proposer.personId)
    const { matchedCount } = await this.models.skillProposals.updateOne(
      { _id: open._id, state: 'open', revision: open.revision },
      {
        $set: { proposers: [...others, proposer], readers: [...new Set([...open.readers, ...readers])] },
        $inc: { revision: 1 },
      },
    )
    return matchedCount === 1
  }

  /** @returns false when somebody else began one with the same name */
  private async begin(about: Pick<Proposing, 'name' | 'group'>, proposer: Proposer, readers: string[]): Promise<boolean> {
    const openSpelling = spellingOf(about.name)
    const proposal: SkillProposal = {
      ...{ _id: newId(), ...about, openSpelling, proposers: [proposer], readers, createdAt: proposer.at, state: 'open', revision: 1 },
    }
    try {
      await this.models.skillProposals.insertMany([proposal], { lean: true })
      return true
    } catch (error) {
      if (isTaken(error)) return false
      throw error
    }
  }

  private async refuseMany({ _id }: Person): Promise<void> {
    const open = this.models.skillProposals.countDocuments({ state: 'open', 'proposers.personId': _id })
    if ((await open.asSystem('how much waits for one person is limited')) >= mostOpen)
      throw new Invalid({ skill: `${mostOpen} proposals for this profile wait already. Propose more when they are decided` })
  }
}

/** Those who keep the vocabulary, and nobody who reads a proposal for another reason. */
const administering = ({ tokens }: Reader): Reader => ({ tokens: tokens.filter(token => token === administratorsToken) })
