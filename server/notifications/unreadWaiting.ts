import type { SignedInPerson } from '../access/accessTokens.ts'
import type { JobServices, Waiting } from '../feature.ts'

const mostCounted = 100

/** One line for all that is unread: each of them is opened on its own page. */
export const unreadWaiting =
  ({ notifications }: JobServices) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const count = await notifications.countUnseen(person, mostCounted)
    return count === 0 ? [] : [{ text: 'Notifications that you have not read', href: '/notifications', count }]
  }
