import type { Request, Response } from 'express'
import { Conflict } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentDay } from '../dayPresenter.ts'
import type { RegistrationForm } from './registrationForms.ts'
import { presentAttendance } from './registrationPresenter.ts'
import { standingOf } from './registrations.ts'

export const registrationHandlers = (services: Services) => {
  const { days, registrations } = services

  return {
    async register(req: Request, res: Response, form: RegistrationForm) {
      const day = await registrations.register(personOf(req), slugOfRequest(req), form)
      const { is, place } = standingOf(day, personOf(req).id)
      res.say(
        is === 'waits'
          ? `All places are taken: you are number ${place} on the waiting list, and are told when you move up.`
          : 'You have a place.',
      )
      res.redirect(303, `/days/${day.slug}`)
    },

    async again(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const day = await days.readable(personOf(req), slugOfRequest(req))
      res.page('days/day', await presentDay(day, personOf(req), services, { typed, errors }))
    },

    async decline(req: Request, res: Response) {
      try {
        const { slug } = await registrations.decline(personOf(req), slugOfRequest(req))
        res.say('You do not come. If somebody waited for your place, they have been told.')
        res.redirect(303, `/days/${slug}`)
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
        res.say(error.message, 'attention')
        res.redirect(303, `/days/${encodeURIComponent(slugOfRequest(req))}`)
      }
    },

    async attendance(req: Request, res: Response) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      res.page('days/attendance', await presentAttendance(day, personOf(req), services))
    },
  }
}
