import type { Request, Response } from 'express'
import { Conflict } from '../failures.ts'
import { personOf } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { newId } from '../storage/newId.ts'
import { presentOutbox } from './mailPresenter.ts'
import { testMail } from './testMail.ts'

const page = '/admin/mail'
const idOf = (req: Request) => String(req.params.id)

export const mailHandlers = (services: Services) => {
  const { outbox, accounts } = services

  return {
    async show(req: Request, res: Response) {
      res.page('mail/outbox', await presentOutbox(personOf(req), services))
    },

    async test(req: Request, res: Response) {
      if (!outbox.isOn) throw new Conflict('Mail is not set up, so there is nothing to test. The page of mail says how it is set up.')
      const { id } = personOf(req)
      await outbox.put({ _id: newId(), personId: id, type: testMail.name })
      await outbox.wake()
      res.say(`A test is on its way to ${await accounts.emailOf(id)}. Load this page again in a moment.`)
      res.redirect(303, page)
    },

    async retry(req: Request, res: Response) {
      await outbox.retry(idOf(req))
      res.say('The mail is sent again now, if there is still something to say.')
      res.redirect(303, page)
    },

    async giveUp(req: Request, res: Response) {
      await outbox.giveUp(idOf(req))
      res.say('The mail is put away. It is not sent.')
      res.redirect(303, page)
    },
  }
}
