import type { Request, Response } from 'express'
import { Conflict } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import type { Problems } from '../../http/validated.ts'
import { fileKinds } from '../../knowledge/attachments/fileKinds.ts'
import type { Services } from '../../services.ts'
import type { ApprovalForm, MinutesForm } from './minutesForms.ts'
import { presentMinutes, presentMinutesForm, presentMinutesHistory, printedMinutes } from './minutesPresenter.ts'

/** What draws documents takes tens of megabytes: it is loaded when the first is asked for. */
const drawing = {
  pdf: async () => (await import('../../documents/pdfDocument.ts')).pdfDocument,
  docx: async () => (await import('../../documents/wordDocument.ts')).wordDocument,
}

export const minutesHandlers = (services: Services) => {
  const { minutes, config } = services

  const page = (req: Request) => `/days/${encodeURIComponent(slugOfRequest(req))}/minutes`

  const saved = (ending: keyof typeof drawing) => async (req: Request, res: Response) => {
    const day = await minutes.day(personOf(req), slugOfRequest(req))
    const draw = await drawing[ending]()
    const bytes = await draw(await printedMinutes(day, personOf(req), services, siteAddress(config, req)))
    res.set('Cache-Control', 'private, no-store').attachment(`minutes-${day.slug}.${ending}`)
    res.type(fileKinds[ending].type).send(bytes)
  }

  return {
    pdf: saved('pdf'),
    word: saved('docx'),

    async show(req: Request, res: Response) {
      const day = await minutes.day(personOf(req), slugOfRequest(req))
      res.page('days/minutes', await presentMinutes(day, personOf(req), services))
    },

    async history(req: Request, res: Response) {
      const day = await minutes.day(personOf(req), slugOfRequest(req))
      const versions = await minutes.history(personOf(req), day)
      res.page('days/minutesHistory', await presentMinutesHistory(day, versions, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const day = await minutes.editableDay(personOf(req), slugOfRequest(req))
      const isDrawn = req.query.from === 'records'
      res.page('days/minutesForm', await presentMinutesForm(day, personOf(req), services, { isDrawn }))
    },

    async save(req: Request, res: Response, { text, number, ending }: MinutesForm) {
      const approves = ending === 'approve'
      const corrected = { text, number }
      if (approves) await minutes.saveApproved(personOf(req), slugOfRequest(req), corrected)
      else await minutes.save(personOf(req), slugOfRequest(req), corrected)
      res.say(approves ? 'The minutes are approved: those who may read the day read them.' : 'The minutes are saved.')
      res.redirect(303, page(req))
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const day = await minutes.editableDay(personOf(req), slugOfRequest(req))
      res.page('days/minutesForm', await presentMinutesForm(day, personOf(req), services, { typed, errors }))
    },

    async approve(req: Request, res: Response, { number }: ApprovalForm) {
      try {
        await minutes.approve(personOf(req), slugOfRequest(req), number)
        res.say('The minutes are approved: those who may read the day read them.')
      } catch (error) {
        if (!(error instanceof Conflict)) throw error
        res.say(error.message, 'attention')
      }
      res.redirect(303, page(req))
    },

    async approveAgain(req: Request, res: Response) {
      res.redirect(303, page(req))
    },
  }
}
