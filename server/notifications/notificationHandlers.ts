import type { Request, Response } from 'express'
import { personOf } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { presentNotifications } from './notificationPresenter.ts'

const page = '/notifications'
const pageSize = 30

export const notificationHandlers = ({ notifications }: Services) => ({
  async list(req: Request, res: Response) {
    const { before } = req.query
    const asked = { size: pageSize + 1, ...(typeof before === 'string' ? { before } : {}) }
    const shown = await notifications.list(personOf(req), asked)
    res.page('notifications/list', presentNotifications(shown, { size: pageSize, isFirst: before === undefined }))
  },

  /** A form, since opening changes what is unread, and nothing changes on GET. */
  async open(req: Request, res: Response) {
    res.redirect(303, await notifications.open(personOf(req), String(req.params.id)))
  },

  async seeAll(req: Request, res: Response) {
    await notifications.seeAll(personOf(req))
    res.say('All notifications are marked as read.')
    res.redirect(303, page)
  },
})
