import type { NamedRecords } from '../../imports/namedRecords.ts'
import type { Organisation } from '../organisationModel.ts'
import type { OrganisationService } from '../organisationService.ts'
import type { Team } from '../teamModel.ts'
import type { TeamService } from '../teamService.ts'

const name = 'Imported'

interface Collaborators {
  organisations: OrganisationService
  teams: TeamService
}

interface Known {
  organisations: NamedRecords<Organisation>
  teams: NamedRecords<Team>
}

/** For what names nobody: an organisation for authors of none, and a team without members for articles without an author. Made when needed. */
export class ImportedOwners {
  private readonly with: Collaborators
  private readonly known: Known

  /** @param known  to which what is made is added */
  constructor(collaborators: Collaborators, known: Known) {
    this.with = collaborators
    this.known = known
  }

  async organisationId(): Promise<string> {
    const known = this.known.organisations.named(name)[0]
    if (known !== undefined) return known._id
    const organisation = await this.with.organisations.found({ name, type: 'other', domains: [], status: 'active' })
    this.known.organisations.add(organisation)
    return organisation._id
  }

  async teamId(organisationId: string): Promise<string> {
    const known = this.known.teams.named(name).find(team => team.organisationId === organisationId)
    if (known !== undefined) return known._id
    const description = 'Owns the articles that were imported without an author.'
    const team = await this.with.teams.found(organisationId, { name, description })
    this.known.teams.add(team)
    return team._id
  }
}
