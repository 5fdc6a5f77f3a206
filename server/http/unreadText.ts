import type { RequestHandler } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Services } from '../services.ts'

const mostShown = 9

/**
 * How many notifications somebody has not read: of those that they may know of now, so the few that are counted are looked at; with none unread it is
 * one look into an index. A page does not fail for it.
 */
export async function unreadText(person: SignedInPerson, { notifications, log }: Pick<Services, 'notifications' | 'log'>): Promise<string> {
  try {
    const count = await notifications.countUnseen(person, mostShown + 1)
    return count === 0 ? '' : count > mostShown ? `${mostShown}+` : String(count)
  } catch (error) {
    log.warn({ err: error, personId: person.id }, 'unread notifications could not be counted: a page goes without')
    return ''
  }
}

/** Asked with the first that a page reads, so that it costs no question of its own. */
export function unreadAhead(services: Pick<Services, 'notifications' | 'log'>): RequestHandler {
  return (req, _res, next) => {
    if (req.method === 'GET' && req.person !== undefined) req.unread = unreadText(req.person, services)
    next()
  }
}
