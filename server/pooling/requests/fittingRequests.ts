import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { Looked } from './requestListPresenter.ts'
import type { HelpRequest } from './requestModel.ts'

type Page = { from: number; size: number }

/** The open requests that fit somebody, as a list of requests shows them. */
export async function fittingRequests(
  person: SignedInPerson,
  { type, skill }: Looked,
  { from, size }: Page,
  { people, requests }: Pick<Services, 'people' | 'requests'>,
): Promise<{ requests: HelpRequest[]; total: number }> {
  const fitting = await requests.fitting(person, (await people.byId(person.id))?.skills ?? [])
  const wanted = fitting
    .filter(request => type === undefined || request.type === type)
    .filter(({ skills }) => skill === undefined || skills.some(({ skillId }) => skillId === skill.id))
  return { requests: wanted.slice(from, from + size), total: wanted.length }
}
