import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { sessionOf } from './agenda.ts'
import { sessionContent } from './sessionContent.ts'
import type { SessionForm } from './sessionForms.ts'
import { presentSessionForm, typedSession } from './sessionPresenter.ts'

const idOf = (req: Request) => String(req.params.session)

export const sessionHandlers = (services: Services) => {
  const { agenda, days } = services
  const toDay = (res: Response, { slug }: { slug: string }, said: string) => {
    res.say(said)
    res.redirect(303, `/days/${slug}#agenda`)
  }

  return {
    async startNew(req: Request, res: Response) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      const start = day.sessions.at(-1)?.end ?? day.start
      res.page('days/session', presentSessionForm(day, { typed: { start, end: day.end } }))
    },

    async add(req: Request, res: Response, form: SessionForm) {
      const session = await sessionContent(form, services, personOf(req))
      toDay(res, await agenda.add(personOf(req), slugOfRequest(req), session), 'The session is on the agenda.')
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('days/session', presentSessionForm(await days.editable(personOf(req), slugOfRequest(req)), { typed, errors }))
    },

    async edit(req: Request, res: Response) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      const session = sessionOf(day, idOf(req))
      res.page('days/session', presentSessionForm(day, { typed: await typedSession(session, personOf(req), services), session }))
    },

    async save(req: Request, res: Response, form: SessionForm) {
      const before = sessionOf(await days.editable(personOf(req), slugOfRequest(req)), idOf(req))
      const session = { ...(await sessionContent(form, services, personOf(req), before)), id: before.id }
      toDay(res, await agenda.replace(personOf(req), slugOfRequest(req), session), 'The session is saved.')
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      res.page('days/session', presentSessionForm(day, { typed, errors, session: sessionOf(day, idOf(req)) }))
    },

    async remove(req: Request, res: Response) {
      toDay(res, await agenda.remove(personOf(req), slugOfRequest(req), idOf(req)), 'The session is off the agenda.')
    },
  }
}
