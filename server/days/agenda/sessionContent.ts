import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Invalid } from '../../failures.ts'
import { skillsNamed } from '../../knowledge/articles/articleContent.ts'
import { colleaguesNamed } from '../../knowledge/articles/colleaguesNamed.ts'
import type { Services } from '../../services.ts'
import type { Session } from '../dayModel.ts'
import type { SessionForm } from './sessionForms.ts'

type Directories = Pick<Services, 'people' | 'bylines' | 'skills' | 'organisations' | 'teams' | 'collectedArticles'>
type Problems = Record<string, string>

/** @throws Invalid naming each person, skill or address that is not there; times are the agenda's to judge */
export async function sessionContent(
  form: SessionForm,
  directories: Directories,
  writer: SignedInPerson,
  session?: Session,
): Promise<Omit<Session, 'id'>> {
  const problems: Problems = {}
  const speakerIds = await colleaguesNamed(form.speakers, session?.speakerIds, directories, writer, says => {
    problems.speakers ??= says
  })
  const skillIds = await skillsNamed(form.skills, directories, writer, problems)
  const reading = await articlesAt(form.reading, directories, writer, problems)
  if (form.end <= form.start) problems.end ??= 'A session must end after it starts'
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  const { title, about, track, start, end } = form
  return { title, ...(about === '' ? {} : { about }), ...(track === undefined ? {} : { track }), start, end, speakerIds, reading, skillIds }
}

async function articlesAt(
  typed: string,
  { collectedArticles }: Directories,
  writer: SignedInPerson,
  problems: Problems,
): Promise<string[]> {
  const ids: string[] = []
  for (const address of typed.split('\n').map(text => text.trim())) {
    if (address === '') continue
    const article = await collectedArticles.at(writer, address)
    if (article === undefined)
      problems.reading ??= `There is no article at “${address.slice(0, 100)}”, or it is not shared with you. Copy the address of its page`
    else ids.push(article._id)
  }
  return [...new Set(ids)]
}
