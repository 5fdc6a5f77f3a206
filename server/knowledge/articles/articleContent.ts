import type { Reader } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import { Invalid } from '../../failures.ts'
import type { NameDirectory } from '../../search/searchType.ts'
import { slugOf } from '../../storage/slugs.ts'
import { plainWords } from '../../storage/titleWords.ts'
import type { Kind } from '../kinds/kinds.ts'
import type { ArticleForm } from './articleForms.ts'

/** What somebody wrote, with the named records found: what the service keeps. */
export interface ArticleContent {
  title: string
  kind: Kind
  text: string
  teamId?: string
  coAuthorIds: string[]
  visibility: Visibility
  chosenOrganisationIds: string[]
  skillIds: string[]
  publish: boolean
  /** What was opened. */
  revision: number
}

type Directories = (field: string) => NameDirectory

/** @throws Invalid naming each person, skill or organisation that is not known to the writer */
export async function articleContent(form: ArticleForm, directories: Directories, writer: Reader): Promise<ArticleContent> {
  const problems: Record<string, string> = {}
  const coAuthorIds = await named(
    form.coAuthors,
    directories('author'),
    writer,
    name => (problems.coAuthors ??= `There is no “${name}” among the people here`),
  )
  const skillIds = await named(
    form.skills,
    directories('skill'),
    writer,
    name => (problems.skills ??= `“${name}” is not in the skills vocabulary`),
  )
  const chosen = form.visibility === 'chosen' ? await directories('organisation').bySlugs(form.chosenOrganisations, writer) : []
  if (form.visibility === 'chosen' && chosen.length === 0) problems.chosenOrganisations = 'Choose at least one organisation'
  const team = form.owner === 'me' ? undefined : (await directories('team').bySlugs([form.owner], writer))[0]
  if (form.owner !== 'me' && team === undefined) problems.owner = 'Choose one of the teams in the list'
  if (form.visibility === 'team' && form.owner === 'me')
    problems.visibility = 'Only what a team owns can be kept to that team: choose the team as owner'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  const { title, kind, text, visibility, revision } = form
  const ids = { coAuthorIds, skillIds, chosenOrganisationIds: chosen.map(({ id }) => id) }
  return {
    title,
    kind,
    text,
    visibility,
    revision,
    ...ids,
    publish: form.then === 'publish',
    ...(team === undefined ? {} : { teamId: team.id }),
  }
}

async function named(
  typed: string | undefined,
  directory: NameDirectory,
  writer: Reader,
  unknown: (name: string) => void,
): Promise<string[]> {
  const ids: string[] = []
  for (const name of (typed ?? '').split(',').map(part => part.trim())) {
    if (name === '') continue
    const exact = (await directory.bySlugs([slugOf(name)], writer))[0]
    const record = exact ?? (await directory.recognise?.(plainWords(name), writer))?.find(({ certainty }) => certainty === 1)
    if (record === undefined) unknown(name)
    else if (!ids.includes(record.id)) ids.push(record.id)
  }
  return ids
}
