import type { Request, Response } from 'express'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import type { Services } from '../../services.ts'
import type { CalendarDay } from './calendarDays.ts'
import { calendarDocument } from './calendarDocument.ts'

const title = 'Partnership days in your calendar'

export const calendarHandlers = (services: Services) => {
  const { calendarAddresses, calendarDays, days, partnership, config } = services

  function send(req: Request, res: Response, shown: { days: readonly CalendarDay[]; name: string; person: SignedInPerson }) {
    const asked = { name: shown.name, site: siteAddress(config, req), personId: shown.person.id }
    res.set({ 'Cache-Control': 'private, no-store', 'X-Robots-Tag': 'noindex' }).type('text/calendar; charset=utf-8')
    res.send(calendarDocument(shown.days, asked))
  }

  /** Whose address it is decides what is in it, whoever else is signed in in the same browser. */
  const feed =
    (name: string, daysFor: (reader: SignedInPerson) => Promise<CalendarDay[]>) =>
    async (req: Request, res: Response): Promise<void> => {
      const person = await calendarAddresses.reader(String(req.params.token))
      send(req, res, { days: await daysFor(person), name: `${name} – ${partnership.nameNow()}`, person })
    }

  return {
    own: feed('My partnership days', person => calendarDays.own(person)),
    all: feed('Partnership days', person => calendarDays.all(person)),

    async day(req: Request, res: Response) {
      const day = await days.readable(personOf(req), slugOfRequest(req))
      res.attachment(`${day.slug}.ics`)
      send(req, res, { days: [day], name: day.title, person: personOf(req) })
    },

    async show(req: Request, res: Response) {
      const madeAt = await calendarAddresses.madeAt(personOf(req))
      res.page('days/calendar', { title, ...(madeAt === undefined ? {} : { since: longDate(madeAt) }) })
    },

    /** Shown in the answer itself, not after a redirect: nothing but this page ever holds the addresses. */
    async renew(req: Request, res: Response) {
      const token = await calendarAddresses.renew(personOf(req))
      const feeds = `${siteAddress(config, req)}/feeds/${token}`
      res.set('Cache-Control', 'no-store')
      res.page('days/calendar', { title, addresses: { own: `${feeds}/my-days.ics`, all: `${feeds}/days.ics` } })
    },

    async end(req: Request, res: Response) {
      await calendarAddresses.forget(personOf(req).id)
      res.say('Your calendar addresses do not work any more.')
      res.redirect(303, '/account/calendar')
    },
  }
}
