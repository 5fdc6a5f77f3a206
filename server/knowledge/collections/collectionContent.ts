import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import { Invalid } from '../../failures.ts'
import type { Services } from '../../services.ts'
import { chosenOrganisations, ownTeam } from '../articles/articleContent.ts'
import type { Article } from '../articles/articleModel.ts'
import { type CollectionForm, placeField } from './collectionForms.ts'
import type { Collection } from './collectionModel.ts'

export const mostArticles = 300

/** What somebody wrote, with the named records found. */
export interface CollectionContent {
  title: string
  summary: string
  owner: Collection['owner']
  visibility: Visibility
  chosenOrganisationIds: string[]
  articleIds: string[]
  /** What was opened. */
  revision: number
}

type Directories = Pick<Services, 'organisations' | 'teams' | 'collectedArticles'>
type Problems = Record<string, string>

/** @throws Invalid naming each place, address or organisation that is wrong */
export async function collectionContent(
  form: CollectionForm,
  directories: Directories,
  writer: SignedInPerson,
  collection?: Collection,
): Promise<CollectionContent> {
  const problems: Problems = {}
  const owner = await ownerChosen(form, directories, writer, { problems, collection })
  const chosenOrganisationIds = form.visibility === 'chosen' ? await chosenOrganisations(form, directories, writer, problems) : []
  const articleIds = await articlesChosen(form, directories, writer, { problems, collection })
  if (form.visibility === 'team' && owner?.teamId === undefined)
    problems.visibility ??= 'Only what a team owns can be kept to that team: choose the team as owner'
  if (Object.keys(problems).length > 0 || owner === undefined) throw new Invalid(problems)
  const { title, summary, visibility, revision } = form
  return { title, summary, owner, visibility, chosenOrganisationIds, articleIds, revision }
}

interface Opened {
  problems: Problems
  collection: Collection | undefined
}

async function ownerChosen(form: CollectionForm, directories: Directories, writer: SignedInPerson, { problems, collection }: Opened) {
  if (form.owner === 'kept' && collection !== undefined) return collection.owner
  if (form.owner === 'me') return { personId: writer.id }
  const team = await ownTeam(form.owner, directories, writer, { problems, owner: collection?.owner })
  return team === undefined ? undefined : { teamId: team._id }
}

/** Those that stay, by their places, then those that are added. What the writer may not read stays where it is. */
async function articlesChosen(
  { places, added }: CollectionForm,
  { collectedArticles }: Directories,
  writer: SignedInPerson,
  { problems, collection }: Opened,
): Promise<string[]> {
  const before = collection?.articleIds ?? []
  const seen = await collectedArticles.named(writer, before)
  const placed = seen
    .map(article => ({ id: article._id, place: placeOf(article, places, problems) }))
    .filter(({ place }) => place !== undefined)
    .sort((a, b) => (a.place as number) - (b.place as number))
    .map(({ id }) => id)
  const further: string[] = []
  for (const address of linesOf(added)) {
    const article = await collectedArticles.at(writer, address)
    if (article === undefined)
      problems.added ??= `There is no article at “${address.slice(0, 100)}”, or it is not shared with you. Copy the address of its page`
    else further.push(article._id)
  }
  const articleIds = [...new Set([...besideHidden(before, new Set(seen.map(({ _id }) => _id)), placed), ...further])]
  if (articleIds.length > mostArticles) problems.added ??= `A collection has at most ${mostArticles} articles`
  return articleIds
}

function placeOf({ slug, title }: Pick<Article, 'slug' | 'title'>, places: Readonly<Record<string, string>>, problems: Problems) {
  const typed = places[slug]?.trim() ?? ''
  if (typed === '') return undefined
  const place = Number(typed)
  if (!Number.isFinite(place)) problems[placeField(slug)] = `Enter the place of “${title}” as a number, or leave it empty to take it off`
  return place
}

/** The hidden ones keep their places among all; the others fill the rest in their new order. */
function besideHidden(before: readonly string[], seen: ReadonlySet<string>, placed: readonly string[]): string[] {
  const left = [...placed]
  const merged = before.flatMap(id => (seen.has(id) ? left.splice(0, 1) : [id]))
  return [...merged, ...left]
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '')
