import type { Article } from '../knowledge/articles/articleModel.ts'
import type { Organisation } from '../organisations/organisationModel.ts'
import type { Team } from '../organisations/teamModel.ts'
import type { Skill } from '../skills/skillModel.ts'
import type { ArticleFields } from './articleRecords.ts'
import type { ArticleRow } from './articleRow.ts'
import type { Author, Authors } from './authors.ts'
import { refusedOr } from './batch.ts'
import { given } from './changedFields.ts'
import { ImportedOwners } from './importedOwners.ts'
import { type ImportContext, RowRefused } from './importer.ts'
import { NamedRecords } from './namedRecords.ts'
import { readDate } from './readDate.ts'

/** What a row names, as far as it can be found without asking for people. */
export interface Named {
  existing: Article | undefined
  organisationId: string | undefined
  chosenOrganisationIds: string[] | undefined
  skillIds: string[] | undefined
  teamId: string | undefined
  /** Ids or names of people to look for. */
  people: string[]
}

/** Finds what article rows name. */
export class ArticleReferences {
  private readonly context: ImportContext
  private readonly organisations: NamedRecords<Organisation>
  private readonly teams: NamedRecords<Team>
  private readonly skills: NamedRecords<Skill>
  private readonly imported: ImportedOwners

  private constructor(
    context: ImportContext,
    organisations: NamedRecords<Organisation>,
    teams: NamedRecords<Team>,
    skills: NamedRecords<Skill>,
  ) {
    this.context = context
    this.organisations = organisations
    this.teams = teams
    this.skills = skills
    this.imported = new ImportedOwners(context.models, organisations, teams)
  }

  static async load(context: ImportContext): Promise<ArticleReferences> {
    const { models } = context
    return new ArticleReferences(
      context,
      await NamedRecords.load<Organisation>('organisation', models.organisations),
      await NamedRecords.load<Team>('team', models.teams),
      await NamedRecords.load<Skill>('skill', models.skills),
    )
  }

  /** @throws RowRefused */
  of(row: ArticleRow, existing: Article | undefined): Named {
    const organisationId = row.organisation ? this.organisations.get(row.organisation)._id : undefined
    const own = (team: Team) => team.organisationId === organisationId
    const team = row.owner ? this.teams.maybe(row.owner, own) : undefined
    return {
      existing,
      organisationId,
      chosenOrganisationIds: row.chosen?.map(chosen => this.organisations.get(chosen)._id),
      skillIds: row.skills?.map(skill => this.skills.get(skill)._id),
      teamId: team?._id,
      people: [...(row.authors ?? []), ...(row.owner && team === undefined ? [row.owner] : [])],
    }
  }

  /** The fields that the row gives. Nobody is added before all else of the row is known to be right. */
  async resolve(row: ArticleRow, named: Named, authors: Authors): Promise<ArticleFields | { refused: string }> {
    const checked = refusedOr(() => this.check(row, named, authors))
    if ('refused' in checked) return checked
    const home =
      named.organisationId ?? named.existing?.organisationId ?? checked.known[0]?.organisationId ?? (await this.imported.organisationId())
    const authorIds = row.authors && [...new Set(row.authors.map(author => authors.findOrAdd(author, home)._id))]
    const owner = checked.owner ?? named.existing?.owner ?? (await this.ownerOf(row, authorIds, home))
    const date = readDate(row.date, this.context.clock.now())
    if (row.date !== undefined && row.date !== '' && date === undefined)
      this.context.warn('dates that could not be read, and were left out')
    const { title, text, kind, visibility, state } = row
    const { chosenOrganisationIds, skillIds } = named
    return {
      ...given<ArticleFields>({ title: title === '' ? 'Untitled' : title, text, kind, visibility, state }),
      ...given<ArticleFields>({ chosenOrganisationIds, skillIds, authorIds, date }),
      organisationId: home,
      owner,
    }
  }

  private check(row: ArticleRow, named: Named, authors: Authors): { known: Author[]; owner: Article['owner'] | undefined } {
    const known = (row.authors ?? []).flatMap(author => authors.find(author, named.organisationId) ?? [])
    const visibility = row.visibility ?? named.existing?.visibility
    const owner = this.ownerNamed(row, named, authors)
    const chosen = named.chosenOrganisationIds ?? named.existing?.chosenOrganisationIds ?? []
    if (visibility === 'chosen' && chosen.length === 0) throw new RowRefused('visibility is "chosen", but chosen names no organisation')
    if (visibility === 'team' && !('teamId' in (owner ?? named.existing?.owner ?? {}))) {
      throw new RowRefused('visibility is "team", but the owner is not a team')
    }
    return { known, owner }
  }

  private ownerNamed({ owner, authors: names = [] }: ArticleRow, named: Named, authors: Authors): Article['owner'] | undefined {
    if (named.teamId !== undefined) return { teamId: named.teamId }
    if (!owner) return undefined
    const person = authors.find(owner, named.organisationId)
    if (person !== undefined) return { personId: person._id }
    if (names.includes(owner)) return undefined
    throw new RowRefused(`there is no team or person "${owner}" to own it`)
  }

  private async ownerOf(row: ArticleRow, authorIds: readonly string[] | undefined, organisationId: string): Promise<Article['owner']> {
    const named = authorIds?.[row.authors?.indexOf(row.owner ?? '') ?? -1] ?? authorIds?.[0]
    return named === undefined ? { teamId: await this.imported.teamId(organisationId) } : { personId: named }
  }
}
