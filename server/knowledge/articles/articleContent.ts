import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import { Invalid } from '../../failures.ts'
import type { Services } from '../../services.ts'
import type { Kind } from '../kinds/kinds.ts'
import type { ArticleForm } from './articleForms.ts'
import type { Article } from './articleModel.ts'

/** What somebody wrote, with the named records found: what the service keeps. */
export interface ArticleContent {
  title: string
  kind: Kind
  text: string
  teamId?: string
  /** Of a person who is to own it; left out, whoever owns it stays, else the first author. */
  ownerId?: string
  coAuthorIds: string[]
  visibility: Visibility
  chosenOrganisationIds: string[]
  skillIds: string[]
  publish: boolean
  /** What was opened. */
  revision: number
}

type Directories = Pick<Services, 'people' | 'bylines' | 'skills' | 'organisations' | 'teams'>

/**
 * @param article  what is changed; the people and the team that it has already are meant first
 * @throws Invalid naming each person, skill or organisation that is not known to the writer
 */
export async function articleContent(
  form: ArticleForm,
  directories: Directories,
  writer: SignedInPerson,
  article?: Article,
): Promise<ArticleContent> {
  const problems: Record<string, string> = {}
  const found = {
    coAuthorIds: [
      ...(await authorsNamed(form.coAuthors, directories, writer, { problems, article })),
      ...(await authorsUnseen(article, directories, writer)),
    ],
    skillIds: await skillsNamed(form.skills, directories, writer, problems),
    chosenOrganisationIds: form.visibility === 'chosen' ? await chosenOrganisations(form, directories, writer, problems) : [],
  }
  const team = isPerson(form.owner) ? undefined : await ownTeam(form.owner, directories, writer, { problems, article })
  if (form.visibility === 'team' && isPerson(form.owner))
    problems.visibility = 'Only what a team owns can be kept to that team: choose the team as owner'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  const { title, kind, text, visibility, revision } = form
  const owner = team === undefined ? await ownerChosen(form.owner, directories, writer, article) : { teamId: team._id }
  return { title, kind, text, visibility, revision, ...found, ...owner, publish: form.then === 'publish' }
}

type Problems = Record<string, string>
interface Opened {
  problems: Problems
  article: Article | undefined
}

async function authorsNamed(typed: string | undefined, { people }: Directories, writer: SignedInPerson, { problems, article }: Opened) {
  const ids: string[] = []
  for (const name of namesIn(typed)) {
    const called = await people.called(name, writer)
    const already = called.filter(({ _id }) => article?.authorIds.includes(_id))
    if (called.length === 0) problems.coAuthors ??= `There is no “${name}” among the people here`
    else if (called.length === 1 || already.length > 0) ids.push(...(already.length > 0 ? already : called).map(({ _id }) => _id))
    else
      problems.coAuthors ??= `${called.length} people are called “${name}”. Write one of ${called.map(({ slug }) => slug).join(', ')} instead`
  }
  return [...new Set(ids)]
}

/** Somebody who has left is not named in the form, and stays an author all the same. */
async function authorsUnseen(article: Article | undefined, { people }: Directories, writer: SignedInPerson) {
  const coAuthorIds = article?.authorIds.slice(1) ?? []
  const seen = (await people.named({ ids: coAuthorIds }, writer)).map(({ _id }) => _id)
  return coAuthorIds.filter(id => !seen.includes(id))
}

async function skillsNamed(typed: string | undefined, { skills }: Directories, writer: SignedInPerson, problems: Problems) {
  const ids: string[] = []
  for (const name of namesIn(typed)) {
    const skill = await skills.called(name, writer)
    if (skill === undefined) problems.skills ??= `“${name}” is not in the skills vocabulary`
    else ids.push(skill._id)
  }
  return [...new Set(ids)]
}

async function chosenOrganisations(form: ArticleForm, { organisations }: Directories, writer: SignedInPerson, problems: Problems) {
  const chosen = await organisations.named({ slugs: form.chosenOrganisations }, writer)
  if (chosen.length === 0) problems.chosenOrganisations = 'Choose at least one organisation'
  return chosen.map(({ _id }) => _id)
}

async function ownTeam(slug: string, { teams }: Directories, writer: SignedInPerson, { problems, article }: Opened) {
  const offered = [...writer.teamIds, ...(article?.owner.teamId === undefined ? [] : [article.owner.teamId])]
  const team = (await teams.named({ slugs: [slug] }, writer)).find(({ _id }) => offered.includes(_id))
  if (team === undefined) problems.owner = 'Choose one of the teams in the list'
  return team
}

const isPerson = (owner: string) => owner === 'me' || owner === '@writer'

/** Nobody gets an article who has left: what a team gives up goes to whoever saves when its first author is gone. */
async function ownerChosen(chosen: string, { bylines }: Directories, writer: SignedInPerson, article?: Article) {
  const first = article?.owner.personId ?? article?.authorIds[0]
  if (chosen === 'me' && (article?.owner.personId !== undefined || first === undefined)) return {}
  const hasLeft = first !== undefined && (await bylines.of([first], writer)).get(first)?.hasLeft === true
  return hasLeft ? { ownerId: writer.id } : {}
}

const namesIn = (typed = '') =>
  typed
    .split(/[,;]/)
    .map(name => name.trim())
    .filter(name => name !== '')
