import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { AskedJobForm } from './operationsForms.ts'
import { presentOperations } from './operationsPresenter.ts'

const page = '/admin/operations'
const idOf = (req: Request) => String(req.params.id)

export const operationsHandlers = (services: Services) => {
  const { jobs, indexingState, encodingPause } = services

  async function show(_req: Request, res: Response, errors: Problems = {}) {
    res.page('admin/operations', { ...(await presentOperations(services)), errors })
  }

  return {
    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    async ask(req: Request, res: Response, { type, subject }: AskedJobForm) {
      const about =
        subject === undefined ? {} : { subject: subject.value, ...(subject.needs === undefined ? {} : { needs: subject.needs }) }
      await jobs.ask({ name: type.name, ...about, askedById: personOf(req).id })
      res.say('The job is in the queue: it begins as soon as a place is free. It goes on when you leave this page.')
      res.redirect(303, page)
    },

    async retry(req: Request, res: Response) {
      await jobs.retry(idOf(req))
      res.say('The job is tried again now.')
      res.redirect(303, page)
    },

    async cancel(req: Request, res: Response) {
      const { state } = await jobs.cancel(idOf(req))
      res.say(state === 'cancelled' ? 'The job is cancelled.' : 'The job is told to end. It does so at its next step.')
      res.redirect(303, page)
    },

    async pauseEncoding(_req: Request, res: Response) {
      await encodingPause.begin()
      res.say('Encoding is paused in every process, until somebody has it go on here. New records are found by their words.')
      res.redirect(303, `${page}#meaning`)
    },

    async goOnEncoding(_req: Request, res: Response) {
      await encodingPause.end()
      res.say('Encoding goes on.')
      res.redirect(303, `${page}#meaning`)
    },

    async retryRecord(req: Request, res: Response) {
      await indexingState.retry(String(req.params.type), idOf(req))
      res.say('The search engine is asked again for this record. If it refuses once more, the record is here again in a moment.')
      res.redirect(303, page)
    },
  }
}
