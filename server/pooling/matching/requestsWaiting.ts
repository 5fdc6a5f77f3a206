import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'

/** What somebody is invited to, and how many open requests fit what they can. */
export const requestsWaiting =
  ({ requests, people }: Pick<Services, 'requests' | 'people'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const [invited, own] = await Promise.all([requests.invitedTo(person), people.byId(person.id)])
    const fitting = await requests.fitting(person, own?.skills ?? [])
    return [
      ...invited.map(({ title, slug, invitations }) => {
        const since = invitations.find(({ personId }) => personId === person.id)?.at
        return { text: `You are invited to help: ${title}`, href: `/requests/${slug}`, ...(since && { since }) }
      }),
      ...(fitting.length === 0 ? [] : [{ text: 'Open requests that fit you', href: '/requests?show=fit', count: fitting.length }]),
    ]
  }
