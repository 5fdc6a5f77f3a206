import { partnershipToken } from '../access/accessTokens.ts'
import type { Role } from '../access/roles.ts'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import type { Person } from '../people/personModel.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { slugOf, slugWithId } from '../storage/slugs.ts'
import { plainWords } from '../storage/titleWords.ts'

export interface Newcomer {
  personId?: string
  name: string
  email: string
  organisationId: string
  /** What somebody does. */
  role: string
  /** What somebody may do here. */
  roles: readonly Role[]
}

/** Profiles of people who are invited: theirs to fill in. */
export class Newcomers {
  private readonly models: Pick<Models, 'people'>
  private readonly people: IndexedWrite<Person>

  constructor(models: Pick<Models, 'people'>, clock: Clock) {
    this.models = models
    this.people = new IndexedWrite(models.people, 'name', clock)
  }

  async enrol({ personId: _id = newId(), name, email, organisationId, role, roles }: Newcomer): Promise<Person> {
    const slug = slugOf(name)
    const taken = await this.models.people.exists({ slug }).asSystem('a slug is unique, whoever may see its owner')
    return this.people.create({
      _id,
      slug: taken === null ? slug : slugWithId(name, _id),
      name,
      nameWords: plainWords(name),
      organisationId,
      teamIds: [],
      role,
      roles: ['member', ...roles.filter(given => given !== 'member')],
      about: '',
      email,
      skills: [],
      status: 'active',
      readers: [partnershipToken],
    })
  }

  async withdraw(personId: string): Promise<void> {
    await this.people.erase({ _id: personId })
  }
}
