import { isTooOpen } from '../../access/readers.ts'
import type { FeatureServices } from '../../feature.ts'
import { refusedOr } from '../../imports/batch.ts'
import { given } from '../../imports/changedFields.ts'
import { type ImportContext, RowRefused } from '../../imports/importer.ts'
import type { NamedRecords } from '../../imports/namedRecords.ts'
import { readDate } from '../../imports/readDate.ts'
import { ImportedOwners } from '../../organisations/imports/importedOwners.ts'
import type { Organisation } from '../../organisations/organisationModel.ts'
import type { Team } from '../../organisations/teamModel.ts'
import type { Author, NamedAuthors } from '../../people/imports/namedAuthors.ts'
import type { Skill } from '../../skills/skillModel.ts'
import type { Article } from '../articles/articleModel.ts'
import { importedFields } from '../kinds/fieldImport.ts'
import { kindOf } from '../kinds/kinds.ts'
import type { ArticleFields } from './articleRecords.ts'
import type { ArticleRow } from './articleRow.ts'

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

interface Known {
  organisations: NamedRecords<Organisation>
  teams: NamedRecords<Team>
  skills: NamedRecords<Skill>
  imported: ImportedOwners
}

interface Checked {
  known: Author[]
  owner: Article['owner'] | undefined
  fields: Article['fields']
}

/** Finds what article rows name. */
export class ArticleReferences {
  private readonly context: ImportContext
  private readonly known: Known

  private constructor(context: ImportContext, known: Known) {
    this.context = context
    this.known = known
  }

  static async load(
    services: Pick<FeatureServices, 'organisations' | 'teams' | 'skills'>,
    context: ImportContext,
  ): Promise<ArticleReferences> {
    const organisations = await services.organisations.forImport()
    const teams = await services.teams.forImport()
    const skills = await services.skills.forImport()
    const imported = new ImportedOwners(services, { organisations, teams })
    return new ArticleReferences(context, { organisations, teams, skills, imported })
  }

  /** @throws RowRefused */
  of(row: ArticleRow, existing: Article | undefined): Named {
    const { organisations, teams, skills } = this.known
    const organisationId = row.organisation ? organisations.get(row.organisation)._id : undefined
    const own = (team: Team) => team.organisationId === organisationId
    const team = row.owner ? teams.maybe(row.owner, own) : undefined
    return {
      existing,
      organisationId,
      chosenOrganisationIds: row.chosen?.map(chosen => organisations.get(chosen)._id),
      skillIds: row.skills?.map(skill => skills.get(skill)._id),
      teamId: team?._id,
      people: [...(row.authors ?? []), ...(row.thanks ?? []), ...(row.owner && team === undefined ? [row.owner] : [])],
    }
  }

  /** The fields that the row gives. Nobody is added before all else of the row is known to be right. */
  async resolve(row: ArticleRow, named: Named, authors: NamedAuthors): Promise<ArticleFields | { refused: string }> {
    const checked = refusedOr(() => this.check(row, named, authors))
    if ('refused' in checked) return checked
    const home =
      named.organisationId ??
      named.existing?.organisationId ??
      checked.known[0]?.organisationId ??
      (await this.known.imported.organisationId())
    const authorIds = row.authors && [...new Set(row.authors.map(author => authors.findOrAdd(author, home)._id))]
    const owner = checked.owner ?? named.existing?.owner ?? (await this.ownerOf(row, authorIds, home))
    const date = readDate(row.date, this.context.clock.now())
    if (row.date !== undefined && row.date !== '' && date === undefined)
      this.context.warn('dates that could not be read, and were left out')
    const thankedIds = row.thanks && [...new Set(row.thanks.map(thanked => authors.findOrAdd(thanked, home)._id))]
    const { title, text, kind, visibility, state, marking } = row
    const reviewedAt = readDate(row.reviewed, this.context.clock.now())
    const { fields } = checked
    const { chosenOrganisationIds, skillIds } = named
    return {
      ...given<ArticleFields>({ title: title === '' ? 'Untitled' : title, text, kind, visibility, state, marking, fields }),
      ...given<ArticleFields>({ chosenOrganisationIds, skillIds, authorIds, thankedIds, date, reviewedAt }),
      organisationId: home,
      owner,
    }
  }

  private check(row: ArticleRow, named: Named, authors: NamedAuthors): Checked {
    const known = (row.authors ?? []).flatMap(author => authors.find(author, named.organisationId) ?? [])
    const visibility = row.visibility ?? named.existing?.visibility
    const owner = this.ownerNamed(row, named, authors)
    const chosen = named.chosenOrganisationIds ?? named.existing?.chosenOrganisationIds ?? []
    if (visibility === 'chosen' && chosen.length === 0) throw new RowRefused('visibility is "chosen", but chosen names no organisation')
    if (visibility === 'team' && !('teamId' in (owner ?? named.existing?.owner ?? {}))) {
      throw new RowRefused('visibility is "team", but the owner is not a team')
    }
    const marking = row.marking ?? named.existing?.marking
    if (isTooOpen({ visibility: visibility ?? 'partnership', ...(marking && { marking }) }))
      throw new RowRefused('marking is OFFICIAL-SENSITIVE, but visibility is "partnership": it must be team, organisation or chosen')
    return { known, owner, fields: this.fieldsOf(row, named.existing) }
  }

  private fieldsOf({ kind: given, fields }: ArticleRow, existing: Article | undefined): Article['fields'] {
    if (fields === undefined) return undefined
    const kind = kindOf(given ?? existing?.kind ?? 'how-to')
    const refuse = (reason: string) => new RowRefused(reason)
    return importedFields(kind, fields, { existing: existing?.fields ?? [], now: this.context.clock.now(), refuse })
  }

  private ownerNamed({ owner, authors: names = [] }: ArticleRow, named: Named, authors: NamedAuthors): Article['owner'] | undefined {
    if (named.teamId !== undefined) return { teamId: named.teamId }
    if (!owner) return undefined
    const person = authors.find(owner, named.organisationId)
    if (person !== undefined) return { personId: person._id }
    if (names.includes(owner)) return undefined
    throw new RowRefused(`there is no team or person "${owner}" to own it`)
  }

  private async ownerOf(row: ArticleRow, authorIds: readonly string[] | undefined, organisationId: string): Promise<Article['owner']> {
    const named = authorIds?.[row.authors?.indexOf(row.owner ?? '') ?? -1] ?? authorIds?.[0]
    return named === undefined ? { teamId: await this.known.imported.teamId(organisationId) } : { personId: named }
  }
}
