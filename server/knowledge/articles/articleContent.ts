import type { SignedInPerson } from '../../access/accessTokens.ts'
import { isTooOpen, type Marking, type Visibility } from '../../access/readers.ts'
import { Invalid } from '../../failures.ts'
import type { Services } from '../../services.ts'
import { formName } from '../kinds/fieldPresenter.ts'
import { readFields } from '../kinds/fieldReading.ts'
import type { FieldValue } from '../kinds/kind.ts'
import { isTemplate, kindOf } from '../kinds/kinds.ts'
import { marksProblem } from '../merging/conflictMarks.ts'
import type { ArticleForm } from './articleForms.ts'
import { tooOpenProblem } from './articleMarking.ts'
import type { Article } from './articleModel.ts'
import { colleaguesNamed, namesIn } from './colleaguesNamed.ts'

/** What somebody wrote, with the named records found: what the service keeps. */
export interface ArticleContent {
  title: string
  kind: string
  text: string
  fields: FieldValue[]
  summary?: string
  /** The earlier revision that it brings back. */
  restoredFrom?: number
  teamId?: string
  /** Of a person who is to own it; left out, whoever owns it stays, else the first author. */
  ownerId?: string
  coAuthorIds: string[]
  thankedIds: string[]
  approverId?: string
  reviewMonths?: number
  marking: Marking
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
  const problem = (field: string) => (says: string) => {
    problems[field] ??= says
  }
  const kind = kindOf(form.kind)
  const found = {
    coAuthorIds: [
      ...(await colleaguesNamed(form.coAuthors, article?.authorIds, directories, writer, problem('coAuthors'))),
      ...(await unseen(article?.authorIds.slice(1), directories, writer)),
    ],
    thankedIds: [
      ...(await colleaguesNamed(form.thanks, article?.thankedIds, directories, writer, problem('thanks'))),
      ...(await unseen(article?.thankedIds, directories, writer)),
    ],
    skillIds: await skillsNamed(form.skills, directories, writer, problems),
    chosenOrganisationIds: form.visibility === 'chosen' ? await chosenOrganisations(form, directories, writer, problems) : [],
  }
  const team = isPerson(form.owner) ? undefined : await ownTeam(form.owner, directories, writer, { problems, owner: article?.owner })
  const read = readFields(kind, form.fields)
  for (const [name, says] of Object.entries(read.problems)) problems[formName(name)] = says
  const marked = marksProblem(form.text)
  if (marked !== undefined) problems.text = marked
  if (form.then === 'publish' && isTemplate(form.text)) problems.text = 'Write the text: so far it is what its kind starts with'
  const approver = kind.needsApproval ? await approverNamed(form, directories, writer, { problems, article }) : {}
  const marking = form.marking ?? article?.marking ?? 'OFFICIAL'
  if (isTooOpen({ marking, visibility: form.visibility })) problems.visibility = tooOpenProblem
  if (form.visibility === 'team' && isPerson(form.owner))
    problems.visibility = 'Only what a team owns can be kept to that team: choose the team as owner'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  const { title, text, visibility, revision } = form
  const owner = team === undefined ? await ownerChosen(form.owner, directories, writer, article) : { teamId: team._id }
  const said = {
    ...(form.summary === undefined ? {} : { summary: form.summary }),
    ...(form.reviewMonths === undefined ? {} : { reviewMonths: form.reviewMonths }),
  }
  const written = { title, kind: kind.id, text, fields: read.fields, visibility, revision, marking }
  return { ...written, ...said, ...found, ...owner, ...approver, publish: form.then === 'publish' }
}

type Problems = Record<string, string>
interface Opened {
  problems: Problems
  article: Article | undefined
}

/** Somebody who has left is not named in the form, and stays all the same. */
async function unseen(ids: readonly string[] | undefined, { people }: Directories, writer: SignedInPerson) {
  const seen = (await people.named({ ids: [...(ids ?? [])] }, writer)).map(({ _id }) => _id)
  return (ids ?? []).filter(id => !seen.includes(id))
}

/** Whoever writes it does not approve it alone; asked for when it is to go to somebody. */
async function approverNamed(form: ArticleForm, directories: Directories, writer: SignedInPerson, { problems, article }: Opened) {
  const known = article?.approverId === undefined ? undefined : [article.approverId]
  const found = await colleaguesNamed(form.approver, known, directories, writer, says => {
    problems.approver ??= says
  })
  const [approverId] = found
  if (found.length > 1) problems.approver ??= 'Name one person'
  else if (approverId === writer.id) problems.approver ??= 'Somebody else must approve it: name a colleague'
  else if (approverId === undefined && form.then === 'publish')
    problems.approver ??= 'Name who approves it: articles of this kind are published when a colleague agrees'
  return approverId === undefined ? {} : { approverId }
}

export async function skillsNamed(
  typed: string | undefined,
  { skills }: Pick<Directories, 'skills'>,
  writer: SignedInPerson,
  problems: Problems,
) {
  const ids: string[] = []
  for (const name of namesIn(typed)) {
    const skill = await skills.called(name, writer)
    if (skill === undefined) problems.skills ??= `“${name}” is not in the skills vocabulary`
    else ids.push(skill._id)
  }
  return [...new Set(ids)]
}

export async function chosenOrganisations(
  form: Pick<ArticleForm, 'chosenOrganisations'>,
  { organisations }: Pick<Directories, 'organisations'>,
  writer: SignedInPerson,
  problems: Problems,
): Promise<string[]> {
  const chosen = await organisations.named({ slugs: form.chosenOrganisations }, writer)
  if (chosen.length === 0) problems.chosenOrganisations = 'Choose at least one organisation'
  return chosen.map(({ _id }) => _id)
}

/** A team that the writer is in, or that owns it already. */
export async function ownTeam(
  slug: string,
  { teams }: Pick<Directories, 'teams'>,
  writer: SignedInPerson,
  { problems, owner }: { problems: Problems; owner: Article['owner'] | undefined },
) {
  const offered = [...writer.teamIds, ...(owner?.teamId === undefined ? [] : [owner.teamId])]
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
