import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { HandoverForm } from './handoverForms.ts'
import { presentHandover, presentUnowned } from './handoverPresenter.ts'
import { sentenceOf } from './handovers.ts'

export const handoverHandlers = (services: Services) => {
  const { handovers } = services

  async function show(req: Request, res: Response, typed?: Record<string, unknown>, errors: Problems = {}) {
    const opened = await handovers.open(personOf(req), slugOfRequest(req))
    res.page('admin/handover', await presentHandover(opened, personOf(req), services, typed, errors))
  }

  return {
    show: (req: Request, res: Response) => show(req, res),
    showAgain: show,

    async waiting(req: Request, res: Response) {
      res.page('admin/unowned', await presentUnowned(personOf(req), services))
    },

    async handOver(req: Request, res: Response, form: HandoverForm) {
      const { person, given, isQueued } = await handovers.handOver(personOf(req), slugOfRequest(req), form)
      if (!isQueued) res.say(sentenceOf(given, form.leaves ? person.name : undefined) || 'Nothing was left to hand over.')
      res.redirect(303, `/admin/people/${encodeURIComponent(person.slug)}${isQueued ? '/handover' : ''}`)
    },
  }
}
