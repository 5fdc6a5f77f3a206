import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Waiting } from '../feature.ts'
import { longDate } from '../http/dates.ts'
import type { Services } from '../services.ts'

const mostShown = 3

/** The next days that somebody registered for. */
export const daysWaiting =
  ({ days }: Pick<Services, 'days'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const coming = await days.comingFor(person, mostShown)
    return coming.map(({ title, slug, startsAt, start }) => ({ text: `${title}: ${longDate(startsAt)}, ${start}`, href: `/days/${slug}` }))
  }
