import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { Person } from '../../people/personModel.ts'
import type { PersonService } from '../../people/personService.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { Skill } from '../skillModel.ts'
import type { SkillService } from '../skillService.ts'
import { type Confirmation, confirmationId } from './confirmationModel.ts'
import { type Confirmed, confirmedBy, grouped, isFor } from './confirmed.ts'

interface Collaborators {
  people: PersonService
  skills: SkillService
  notifications: Notifications
  clock: Clock
}

/** A skill on a profile, as it stands in an address. */
export interface OnProfile {
  person: string
  skill: string
}

export interface ShownConfirmation extends Confirmed {
  by: Pick<Person, '_id' | 'name' | 'slug' | 'organisationId'>
}

export interface StandingConfirmation {
  confirmation: Confirmation
  person: Person
  by: Person
  skill: Skill
}

/** Colleagues who confirm declared skills: given by one click, visible by name, withdrawn by whoever gave it, hidden or contested by whoever has the skill. */
export class Confirmations {
  private readonly confirmations: Models['confirmations']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'confirmations'>, collaborators: Collaborators) {
    this.confirmations = models.confirmations
    this.with = collaborators
  }

  /** By the ids of the skills that the profile declares, what the reader may see; colleagues who are suspended or left do not count. */
  async of(person: Person, reader: SignedInPerson): Promise<Map<string, ShownConfirmation[]>> {
    const records = await this.confirmations.find({ personId: person._id }).lean<Confirmation[]>()
    const bySkill = grouped(records, await this.declaredAs(person, records, reader))
    bySkill.delete(undefined)
    const confirmed = [...bySkill].map(([skillId, ofSkill]) => [skillId as string, confirmedBy(ofSkill)] as const)
    const named = await this.colleagues(
      confirmed.flatMap(([, ofSkill]) => ofSkill.map(({ byId }) => byId)),
      reader,
    )
    return new Map(confirmed.map(([skillId, ofSkill]) => [skillId, shownTo(reader, person._id, ofSkill, named)]))
  }

  /** A skill on a profile with its confirmations, the newest first. @throws NotFound when it is not declared there */
  async onSkill(reader: SignedInPerson, on: OnProfile) {
    const { person, skill, ids } = await this.declared(reader, on)
    const records = await this.confirmations.find({ personId: person._id, skillId: { $in: ids } }).lean<Confirmation[]>()
    const confirmed = confirmedBy(records)
    const named = await this.colleagues(
      confirmed.map(({ byId }) => byId),
      reader,
    )
    const shown = shownTo(reader, person._id, confirmed, named)
    return { person, skill, confirmations: shown.sort((a, b) => +b.confirmedAt - +a.confirmedAt) }
  }

  /** How many colleagues, as far as the reader may see them, confirm the skill of each of these people: what counts for others. */
  async countsOf(reader: SignedInPerson, personIds: readonly string[], skillId: string): Promise<Map<string, number>> {
    const ids = [skillId, ...(await this.with.skills.mergedInto(skillId, reader))]
    const records = await this.confirmations.find({ skillId: { $in: ids }, personId: { $in: [...personIds] } }).lean<Confirmation[]>()
    const named = await this.colleagues(
      records.map(({ byId }) => byId),
      reader,
    )
    const ofPeople = grouped(records, ({ personId }) => personId)
    const counts = [...ofPeople].map(([personId, ofPerson]) => {
      const counted = confirmedBy(ofPerson).filter(({ byId, answer }) => answer === undefined && named.has(byId))
      return [personId, counted.length] as const
    })
    return new Map(counts)
  }

  /** Twice is once, at the same moment too. @throws Forbidden for one's own @throws NotFound when it is not declared there */
  async confirm(reader: SignedInPerson, on: OnProfile): Promise<{ person: Person; skill: Skill }> {
    const { person, skill, ids } = await this.declared(reader, on)
    if (person._id === reader.id) throw new Forbidden('Nobody confirms their own skills. A colleague who knows can do it.')
    const level = person.skills.find(({ skillId }) => ids.includes(skillId))?.level
    if (level === undefined) throw notDeclared()
    const about = { personId: person._id, skillId: skill._id, byId: reader.id }
    const now = { level, confirmedAt: this.with.clock.now() }
    const _id = confirmationId(about)
    try {
      await this.confirmations.insertMany([{ _id, ...about, ...now }], { lean: true })
    } catch (error) {
      if (!isTaken(error)) throw error
      await this.confirmations.updateOne({ _id, withdrawn: true }, { $set: now, $unset: { withdrawn: 1 } })
    }
    await this.with.notifications.tell({ kind: 'skill-confirmed', event: _id, to: [person._id], subjectId: _id, byId: reader.id })
    return { person, skill }
  }

  /** What was answered to it is kept, so that giving it again does not undo that. */
  async withdraw(reader: SignedInPerson, on: OnProfile): Promise<{ person: Person; skill: Skill }> {
    const { person, skill, ids } = await this.declared(reader, on)
    const own = { personId: person._id, skillId: { $in: ids }, byId: reader.id }
    await this.confirmations.deleteMany({ ...own, answer: { $exists: false } })
    await this.confirmations.updateMany(own, { $set: { withdrawn: true } })
    return { person, skill }
  }

  /** By the person who has the skill. @param answer  what they do about it; left out, it is shown again @throws NotFound when it was withdrawn */
  async answer(
    owner: SignedInPerson,
    on: OnProfile,
    confirmer: string,
    answer?: Pick<Confirmation, 'answer' | 'words'>,
  ): Promise<ShownConfirmation> {
    const { confirmation, ids } = await this.answerable(owner, on, confirmer)
    const change =
      answer === undefined
        ? { $unset: { answer: 1 as const, words: 1 as const } }
        : { $set: answer, ...(answer.words === undefined ? { $unset: { words: 1 as const } } : {}) }
    const answered = { personId: owner.id, skillId: { $in: ids }, byId: confirmation.byId }
    await this.confirmations.updateMany(answered, change)
    if (answer?.answer === 'contested') await this.tellContested(answered)
    return confirmation
  }

  /** Those of these ids that stand, with the people and the skill as the reader may know of them. */
  async standing(ids: readonly string[], reader: SignedInPerson): Promise<StandingConfirmation[]> {
    const records = await this.confirmations.find({ _id: { $in: [...ids] }, withdrawn: { $ne: true } }).lean<Confirmation[]>()
    const [people, found] = await Promise.all([
      this.colleagues(
        records.flatMap(({ personId, byId }) => [personId, byId]),
        reader,
      ),
      this.with.skills.named({ ids: records.map(({ skillId }) => skillId) }, reader),
    ])
    const skills = new Map(found.map(skill => [skill._id, skill]))
    return records.flatMap(confirmation => {
      const [person, by, skill] = [people.get(confirmation.personId), people.get(confirmation.byId), skills.get(confirmation.skillId)]
      return person === undefined || by === undefined || skill === undefined ? [] : [{ confirmation, person, by, skill }]
    })
  }

  /** @throws Forbidden to anybody but the person who has the skill @throws NotFound when it was withdrawn */
  async answerable(owner: SignedInPerson, on: OnProfile, confirmer: string) {
    const { ids } = await this.declared(owner, on)
    const { person, skill, confirmations } = await this.onSkill(owner, on)
    if (person._id !== owner.id) throw new Forbidden('Only the person who has the skill hides or contests its confirmations.')
    const confirmation = confirmations.find(({ by }) => by.slug === confirmer)
    if (confirmation === undefined) throw new NotFound('This confirmation was withdrawn, or whoever gave it is not here any more.')
    return { person, skill, ids, confirmation }
  }

  /** A skill that is taken off a profile takes its confirmations with it. */
  async forget(personId: string, skillId: string, reader: SignedInPerson): Promise<void> {
    const ids = [skillId, ...(await this.with.skills.mergedInto(skillId, reader))]
    await this.confirmations.deleteMany({ personId, skillId: { $in: ids } })
  }

  private async tellContested(answered: { personId: string; skillId: object; byId: string }): Promise<void> {
    const [contested] = await this.confirmations.find(answered).sort({ confirmedAt: -1 }).limit(1).lean<Confirmation[]>()
    if (contested === undefined) return
    const { _id, personId, byId } = contested
    await this.with.notifications.tell({ kind: 'confirmation-contested', event: _id, to: [byId], subjectId: _id, byId: personId })
  }

  private async declared(reader: SignedInPerson, on: OnProfile): Promise<{ person: Person; skill: Skill; ids: string[] }> {
    const person = await this.with.people.bySlug(reader, on.person)
    const skill = await this.with.skills.bySlug(reader, on.skill)
    const ids = [skill._id, ...(await this.with.skills.mergedInto(skill._id, reader))]
    if (!person.skills.some(({ skillId }) => ids.includes(skillId))) throw notDeclared()
    return { person, skill, ids }
  }

  /** As which of the declared skills a confirmation counts: as its own, or as the one that took it up. */
  private async declaredAs({ skills }: Person, records: readonly Confirmation[], reader: SignedInPerson) {
    const declared = new Set(skills.map(({ skillId }) => skillId))
    const others = [...new Set(records.map(({ skillId }) => skillId).filter(id => !declared.has(id)))]
    const found = others.length === 0 ? [] : await this.with.skills.named({ ids: others }, reader)
    const taken = new Map(found.map(({ _id, mergedInto }) => [_id, mergedInto]))
    return ({ skillId }: Confirmation): string | undefined => {
      const current = declared.has(skillId) ? skillId : taken.get(skillId)
      return current !== undefined && declared.has(current) ? current : undefined
    }
  }

  private async colleagues(ids: readonly string[], reader: SignedInPerson): Promise<Map<string, Person>> {
    const people = ids.length === 0 ? [] : await this.with.people.named({ ids: [...new Set(ids)] }, reader)
    return new Map(people.map(person => [person._id, person]))
  }
}

const shownTo = (reader: SignedInPerson, personId: string, confirmed: readonly Confirmed[], named: ReadonlyMap<string, Person>) =>
  confirmed.flatMap((one): ShownConfirmation[] => {
    const by = named.get(one.byId)
    return by !== undefined && isFor(reader, personId, one) ? [{ ...one, by }] : []
  })

const notDeclared = () =>
  new NotFound('This skill is not on the profile any more, so there is nothing to confirm. Look at the profile again.')
