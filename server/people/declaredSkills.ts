import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Invalid } from '../failures.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { DeclaredSkill, Person } from './personModel.ts'
import type { PersonService } from './personService.ts'

const mostTries = 10

/** The skills on a profile, declared by its person or an administrator of the organisation. */
export class DeclaredSkills {
  private readonly people: PersonService
  private readonly clock: Clock
  private readonly write: IndexedWrite<Person>

  constructor(models: Pick<Models, 'people'>, { people, clock }: { people: PersonService; clock: Clock }) {
    this.people = people
    this.clock = clock
    this.write = new IndexedWrite(models.people, 'name', clock)
  }

  /** One that is there already is replaced. @throws Invalid when it was last used in a month to come */
  async declare(editor: SignedInPerson, slug: string, skill: DeclaredSkill): Promise<void> {
    if (skill.lastUsed !== undefined && skill.lastUsed > this.clock.now()) throw new Invalid({ lastUsed: 'Enter a month that has begun' })
    await this.change(editor, slug, kept => [...kept.filter(({ skillId }) => skillId !== skill.skillId), skill])
  }

  async drop(editor: SignedInPerson, slug: string, skillId: string): Promise<void> {
    await this.change(editor, slug, kept => kept.filter(skill => skill.skillId !== skillId))
  }

  /** Made to the skills as they are at that moment, so that two at once both count. */
  private async change(editor: SignedInPerson, slug: string, changed: (kept: DeclaredSkill[]) => DeclaredSkill[]): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const { _id, rev, skills } = await this.people.editable(editor, slug)
      if ((await this.write.update({ _id, rev }, { $set: { skills: changed(skills) } })) !== null) return
    }
    throw new Conflict('This profile is being changed by others just now. Try again in a moment.')
  }
}
