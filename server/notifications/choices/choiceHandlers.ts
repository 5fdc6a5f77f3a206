import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { ChoicesForm } from './choiceForms.ts'
import { presentChoices } from './choicePresenter.ts'

const page = '/account/notifications'

export const choiceHandlers = (services: Services) => {
  async function show(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    res.page('notifications/choices', { ...(await presentChoices(personOf(req), services, typed)), errors })
  }

  return {
    show: (req: Request, res: Response) => show(req, res),
    showAgain: show,

    async choose(req: Request, res: Response, chosen: ChoicesForm) {
      await services.notificationChoices.choose(personOf(req).id, chosen)
      res.say('How you are told is changed.')
      res.redirect(303, page)
    },
  }
}
