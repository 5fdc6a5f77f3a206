import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { BecomingForm } from './programmeForms.ts'
import { presentAction, presentActions, presentDecision } from './programmePresenter.ts'

export const programmeHandlers = (services: Services) => {
  const { actions, decisions } = services

  return {
    async list(req: Request, res: Response) {
      res.page('programme/actions', await presentActions(req.query, personOf(req), services))
    },

    async action(req: Request, res: Response) {
      const action = await actions.readable(personOf(req), slugOfRequest(req))
      res.page('programme/action', await presentAction({ action }, personOf(req), services))
    },

    async become(req: Request, res: Response, { to, said }: BecomingForm) {
      const { slug } = await actions.become(personOf(req), slugOfRequest(req), to, said)
      res.say(`The action is ${to}.`)
      res.redirect(303, `/programme/actions/${slug}`)
    },

    async actionAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const action = await actions.readable(personOf(req), slugOfRequest(req))
      res.page('programme/action', await presentAction({ action, typed, errors }, personOf(req), services))
    },

    async decision(req: Request, res: Response) {
      const decision = await decisions.readable(personOf(req), slugOfRequest(req))
      res.page('programme/decision', await presentDecision(decision, personOf(req), services))
    },
  }
}
