import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Forbidden } from '../failures.ts'
import type { TeamService } from '../organisations/teamService.ts'
import type { Person } from './personModel.ts'
import type { PersonService } from './personService.ts'

/** Who is in which team: nobody joins one, and reads what is kept to it, by themselves. */
export class TeamMemberships {
  private readonly people: PersonService
  private readonly teams: TeamService

  constructor({ people, teams }: { people: PersonService; teams: TeamService }) {
    this.people = people
    this.teams = teams
  }

  /** @throws NotFound, Forbidden */
  async keepable(keeper: SignedInPerson, slug: string): Promise<Person> {
    const person = await this.people.editable(keeper, slug)
    if (!may(keeper, { verb: 'edit team', record: person }))
      throw new Forbidden('Only administrators of the organisation say who is in which team.')
    return person
  }

  /**
   * @param slugs  those of other organisations do not count
   * @throws NotFound, Forbidden, Conflict
   */
  async change(keeper: SignedInPerson, slug: string, slugs: readonly string[], opened: string): Promise<Person> {
    const { organisationId } = await this.keepable(keeper, slug)
    const chosen = (await this.teams.named({ slugs }, keeper)).filter(team => team.organisationId === organisationId)
    return this.people.change(keeper, slug, { teamIds: chosen.map(({ _id }) => _id).sort() }, opened)
  }
}
