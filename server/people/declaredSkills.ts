import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Invalid } from '../failures.ts'
import type { Models } from '../models.ts'
import type { Confirmations } from '../skills/confirmations/confirmations.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { DeclaredSkill, Person } from './personModel.ts'
import type { PersonService } from './personService.ts'

const mostTries = 10

/** The skills on a profile, declared by its person or an administrator of the organisation. */
export class DeclaredSkills {
  private readonly people: PersonService
  private readonly confirmations: Confirmations
  private readonly clock: Clock
  private readonly write: IndexedWrite<Person>

  constructor(
    models: Pick<Models, 'people'>,
    { people, confirmations, clock }: { people: PersonService; confirmations: Confirmations; clock: Clock },
  ) {
    this.people = people
    this.confirmations = confirmations
    this.clock = clock
    this.write = new IndexedWrite(models.people, 'name', clock)
  }

  /** Those that are there already are replaced. @throws Invalid when they were last used in a month to come, also when there are none */
  async declare(editor: SignedInPerson, slug: string, skillIds: readonly string[], how: Omit<DeclaredSkill, 'skillId'>): Promise<void> {
    if (how.lastUsed !== undefined && how.lastUsed > this.clock.now()) throw new Invalid({ lastUsed: 'Enter a month that has begun' })
    if (skillIds.length === 0) return
    const skills = skillIds.map(skillId => ({ skillId, ...how }))
    await this.change(editor, slug, kept => [...kept.filter(({ skillId }) => !skillIds.includes(skillId)), ...skills])
  }

  /** For somebody who proposed it: one that is there already stays. */
  async add(personId: string, skill: DeclaredSkill): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const person = await this.people.byId(personId)
      if (person === undefined || person.deletedAt !== undefined) return
      if (person.skills.some(({ skillId }) => skillId === skill.skillId)) return
      if ((await this.write.update({ _id: personId, rev: person.rev }, { $push: { skills: skill } })) !== null) return
    }
    throw busy()
  }

  /** With its confirmations. */
  async drop(editor: SignedInPerson, slug: string, skillId: string): Promise<void> {
    const personId = await this.change(editor, slug, kept => kept.filter(skill => skill.skillId !== skillId))
    await this.confirmations.forget(personId, skillId, editor)
  }

  /** Made to the skills as they are at that moment, so that two at once both count. */
  private async change(editor: SignedInPerson, slug: string, changed: (kept: DeclaredSkill[]) => DeclaredSkill[]): Promise<string> {
    for (let tries = 0; tries < mostTries; tries++) {
      const { _id, rev, skills } = await this.people.editable(editor, slug)
      if ((await this.write.update({ _id, rev }, { $set: { skills: changed(skills) } })) !== null) return _id
    }
    throw busy()
  }
}

const busy = () => new Conflict('This profile is being changed by others just now. Try again in a moment.')
