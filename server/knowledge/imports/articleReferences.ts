import { may } from '../../access/may.ts'
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
import { type ArticleFields, byImport, type Earlier } from './articleRecords.ts'
import type { ArticleRow, EarlierText } from './articleRow.ts'

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
    const { keeper } = this.context
    if (keeper !== undefined && existing !== undefined && !may(keeper, { verb: 'write article', record: existing }))
      throw new RowRefused('it is an article here already, which you may not change')
    const organisationId = keeper?.organisationId ?? (row.organisation ? organisations.get(row.organisation)._id : undefined)
    const own = (team: Team) => team.organisationId === organisationId
    const named = row.owner ? teams.maybe(row.owner, own) : undefined
    const team = named !== undefined && keeper !== undefined && !own(named) ? undefined : named
    return {
      existing,
      organisationId,
      chosenOrganisationIds: row.chosen?.map(chosen => organisations.get(chosen)._id),
      skillIds:
        keeper === undefined
          ? row.skills?.map(skill => skills.get(skill)._id)
          : row.skills?.flatMap(skill => skills.maybe(skill)?._id ?? []),
      teamId: team?._id,
      people: [
        ...(row.authors ?? []),
        ...(row.thanks ?? []),
        ...(row.owner && team === undefined ? [row.owner] : []),
        ...(row.history ?? []).flatMap(({ by }) => by ?? []),
      ],
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
    const authorIds = this.authorsOf(row, named, authors, home)
    const owner = checked.owner ?? named.existing?.owner ?? (await this.ownerOf(row, authorIds, home))
    const date = readDate(row.date, this.context.clock.now())
    if (row.date !== undefined && row.date !== '' && date === undefined)
      this.context.warn('dates that could not be read, and were left out')
    const thankedIds = row.thanks && this.peopleOf(row.thanks, authors, home)
    const { title, text, kind, visibility, marking, slug, revision, reviewMonths } = row
    const state = this.stateOf(row, named.existing)
    const on = (given: unknown) => readDate(given, this.context.clock.now())
    const [reviewedAt, publishedAt, updatedAt, reviewDueAt] = [on(row.reviewed), on(row.published), on(row.updated), on(row.reviewDue)]
    const history = row.history?.map(text => this.earlier(text, row, authors))
    const { fields } = checked
    const { chosenOrganisationIds, skillIds } = named
    return {
      ...given<ArticleFields>({ title: title === '' ? 'Untitled' : title, text, kind, visibility, state, marking, fields }),
      ...given<ArticleFields>({ chosenOrganisationIds, skillIds, authorIds, thankedIds, date, reviewedAt }),
      ...given<ArticleFields>({ slug, revision, reviewMonths, publishedAt, updatedAt, reviewDueAt, history }),
      organisationId: home,
      owner,
    }
  }

  /** Whoever has the machine adds those whom nobody knows yet; others name who is here. */
  private peopleOf(names: readonly string[], authors: NamedAuthors, home: string): string[] {
    const { keeper } = this.context
    const found = names.flatMap(name => (keeper === undefined ? authors.findOrAdd(name, home) : knownTo(authors, name, home))?._id ?? [])
    return [...new Set(found)]
  }

  private authorsOf(row: ArticleRow, { existing }: Named, authors: NamedAuthors, home: string): string[] | undefined {
    const { keeper } = this.context
    const named = row.authors && this.peopleOf(row.authors, authors, home)
    if (keeper === undefined || existing !== undefined) return named
    return named === undefined || named.length === 0 ? [keeper.id] : named
  }

  /** What somebody has to approve is published by nobody's import but that of whoever has the machine. */
  private stateOf({ state, kind }: ArticleRow, existing: Article | undefined): ArticleRow['state'] {
    if (this.context.keeper === undefined) return state
    if (existing !== undefined) return undefined
    if (state === 'draft' || !kindOf(kind ?? 'how-to').needsApproval) return state
    this.context.warn('articles that somebody has to approve, which begin as drafts')
    return 'draft'
  }

  private earlier(text: EarlierText, row: ArticleRow, authors: NamedAuthors): Earlier {
    const kind = text.kind ?? row.kind ?? 'how-to'
    const now = this.context.clock.now()
    const refuse = (reason: string) => new RowRefused(`in revision ${text.revision}, ${reason}`)
    const { revision, title, summary, restoredFrom, by } = text
    const fields = text.fields === undefined ? [] : importedFields(kindOf(kind), text.fields, { existing: [], now, refuse })
    // At a page nobody says what others have saved.
    const savedBy = by === undefined || this.context.keeper !== undefined ? undefined : knownTo(authors, by)
    const savedById = savedBy?._id ?? byImport
    const said = given<Earlier>({ summary, restoredFrom })
    return {
      ...said,
      revision,
      title,
      text: text.text ?? '',
      kind,
      fields,
      savedAt: readDate(text.saved, now) ?? now,
      savedById,
      isForWriters: text.for === 'writers',
    }
  }

  private check(row: ArticleRow, named: Named, authors: NamedAuthors): Checked {
    const known = (row.authors ?? []).flatMap(author => this.found(author, authors, named.organisationId) ?? [])
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

  /** @throws RowRefused when several have the name: a person at a page is not asked which */
  private found(name: string, authors: NamedAuthors, organisationId: string | undefined): Author | undefined {
    return this.context.keeper === undefined ? authors.find(name, organisationId) : knownTo(authors, name, organisationId)
  }

  private fieldsOf({ kind: given, fields }: ArticleRow, existing: Article | undefined): Article['fields'] {
    if (fields === undefined) return undefined
    const kind = kindOf(given ?? existing?.kind ?? 'how-to')
    const refuse = (reason: string) => new RowRefused(reason)
    return importedFields(kind, fields, { existing: existing?.fields ?? [], now: this.context.clock.now(), refuse })
  }

  private ownerNamed({ owner, authors: names = [] }: ArticleRow, named: Named, authors: NamedAuthors): Article['owner'] | undefined {
    if (named.teamId !== undefined) return { teamId: named.teamId }
    const { keeper } = this.context
    if (!owner && keeper === undefined) return undefined
    const person = owner ? this.found(owner, authors, named.organisationId) : undefined
    if (person !== undefined && (keeper === undefined || person.organisationId === keeper.organisationId)) return { personId: person._id }
    if (keeper !== undefined) return named.existing?.owner ?? { personId: keeper.id }
    if (names.includes(owner as string)) return undefined
    throw new RowRefused(`there is no team or person "${owner}" to own it`)
  }

  private async ownerOf(row: ArticleRow, authorIds: readonly string[] | undefined, organisationId: string): Promise<Article['owner']> {
    const named = authorIds?.[row.authors?.indexOf(row.owner ?? '') ?? -1] ?? authorIds?.[0]
    return named === undefined ? { teamId: await this.known.imported.teamId(organisationId) } : { personId: named }
  }
}

/** Of several with the name, nobody is meant. */
function knownTo(authors: NamedAuthors, name: string, organisationId?: string): Author | undefined {
  const found = refusedOr(() => authors.find(name, organisationId))
  return found !== undefined && 'refused' in found ? undefined : found
}
