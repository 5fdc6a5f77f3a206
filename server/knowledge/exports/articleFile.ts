import { withFrontMatter } from '../../documents/frontMatter.ts'
import type { Article } from '../articles/articleModel.ts'
import { typedFields } from '../kinds/fieldReading.ts'
import type { FieldValue } from '../kinds/kind.ts'
import { kindOf } from '../kinds/kinds.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import type { Revision } from '../revisions/revisionModel.ts'

/** What the ids in an article are called in a file: names of people and skills, the names in the addresses of organisations and teams. */
export interface NamesInFiles {
  people: ReadonlyMap<string, string>
  organisations: ReadonlyMap<string, string>
  teams: ReadonlyMap<string, string>
  skills: ReadonlyMap<string, string>
}

/** The id that an article is known by in files: that of the file it came from, else its own. */
export const idInFiles = ({ _id, sourceId }: Pick<Article, '_id' | 'sourceId'>): string => sourceId ?? _id

/** An article as Markdown with front matter: what an import takes again. */
export function articleFile(article: Article, names: NamesInFiles, attachments: readonly string[]): string {
  const called = (kind: keyof NamesInFiles, ids: readonly string[]) => ids.flatMap(id => names[kind].get(id) ?? [])
  const { title, slug, kind, visibility, owner } = article
  const fields = {
    ...{ title, id: idInFiles(article), slug, kind, fields: namedFields(kind, article.fields) },
    organisation: names.organisations.get(article.organisationId),
    owner: owner.teamId === undefined ? names.people.get(owner.personId) : names.teams.get(owner.teamId),
    authors: called('people', article.authorIds),
    thanks: someOf(called('people', article.thankedIds ?? [])),
    skills: called('skills', article.skillIds),
    marking: article.marking ?? 'OFFICIAL',
    visibility,
    chosen: visibility === 'chosen' ? called('organisations', article.chosenOrganisationIds) : undefined,
    state: stateInFiles(article.state),
    revision: article.revision,
    date: article.createdAt.toISOString(),
    published: article.publishedAt?.toISOString(),
    updated: article.updatedAt.toISOString(),
    reviewed: article.reviewed?.at.toISOString(),
    reviewMonths: article.reviewMonths,
    reviewDue: article.reviewDueAt?.toISOString(),
    attachments: someOf(attachments),
  }
  return withFrontMatter({ fields, text: article.text })
}

/** An earlier text, or the present one with who saved it. */
export function revisionFile(article: Article, revision: Revision, names: NamesInFiles): string {
  const { title, kind = article.kind, summary, restoredFrom } = revision
  const fields = {
    ...{ title, revision: revision.revision, kind, fields: namedFields(kind, revision.fields), summary, restoredFrom },
    saved: revision.savedAt.toISOString(),
    by: names.people.get(revision.savedById),
    /** Of what only its writers could read: it does not become open by an import. */
    for: isForReaders(article, revision) ? undefined : 'writers',
  }
  return withFrontMatter({ fields, text: revision.text })
}

const someOf = <T>(list: readonly T[]) => (list.length === 0 ? undefined : list)

/** Whoever reads the article now could read it then. */
const isForReaders = (article: Article, { readers }: Revision) =>
  unpublishedStates.includes(article.state) || article.readers.every(token => readers.includes(token))

/** Time says what is due, and nobody is asked to approve what is imported. */
function stateInFiles(state: Article['state']): string {
  if (unpublishedStates.includes(state)) return 'draft'
  return state === 'needs review' ? 'published' : state === 'superseded' ? 'archived' : state
}

function namedFields(kind: string, values: readonly FieldValue[] = []): Record<string, string | string[]> | undefined {
  const { fields } = kindOf(kind)
  const typed = Object.entries(typedFields(kindOf(kind), values)).filter(([, value]) => value !== '')
  if (typed.length === 0) return undefined
  const isList = (name: string) => ['steps', 'targets'].includes(fields.find(field => field.name === name)?.type ?? '')
  return Object.fromEntries(typed.map(([name, value]) => [name, isList(name) ? value.split('\n') : value]))
}
