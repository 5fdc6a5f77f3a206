import { partnershipToken } from '../access/accessTokens.ts'
import type { Models } from '../models.ts'
import type { Organisation } from '../organisations/organisationModel.ts'
import type { Team } from '../organisations/teamModel.ts'
import { newId } from '../storage/newId.ts'
import { slugOf, slugWithId } from '../storage/slugs.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { NamedRecords } from './namedRecords.ts'

const name = 'Imported'

/** For what names nobody: an organisation for authors of none, and a team without members for articles without an author. Made when needed. */
export class ImportedOwners {
  private readonly models: Models
  private readonly organisations: NamedRecords<Organisation>
  private readonly teams: NamedRecords<Team>

  constructor(models: Models, organisations: NamedRecords<Organisation>, teams: NamedRecords<Team>) {
    this.models = models
    this.organisations = organisations
    this.teams = teams
  }

  async organisationId(): Promise<string> {
    const known = this.organisations.named(name)[0]
    if (known !== undefined) return known._id
    const organisation: Organisation = {
      ...this.addressed(this.organisations),
      type: 'other',
      domains: [],
      status: 'active',
      nameWords: plainWords(name),
      readers: [partnershipToken],
    }
    await this.models.organisations.insertMany([organisation], { lean: true })
    this.organisations.add(organisation)
    return organisation._id
  }

  async teamId(organisationId: string): Promise<string> {
    const known = this.teams.named(name).find(team => team.organisationId === organisationId)
    if (known !== undefined) return known._id
    const description = 'Owns the articles that were imported without an author.'
    const team: Team = { ...this.addressed(this.teams), organisationId, description, readers: [partnershipToken] }
    await this.models.teams.insertMany([team], { lean: true })
    this.teams.add(team)
    return team._id
  }

  private addressed(known: { hasSlug(slug: string): boolean }): { _id: string; name: string; slug: string } {
    const _id = newId()
    return { _id, name, slug: known.hasSlug(slugOf(name)) ? slugWithId(name, _id) : slugOf(name) }
  }
}
