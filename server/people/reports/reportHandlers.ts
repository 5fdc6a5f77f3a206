import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { ReportForm, SettleForm } from './reportForms.ts'
import { presentReport, presentReportForm, presentReports } from './reportPresenter.ts'

type Typed = Record<string, unknown>
const idOf = (req: Request) => String(req.params.id)

export const reportHandlers = (services: Services) => {
  const { profileReports } = services

  async function start(req: Request, res: Response, typed: Typed = {}, errors: Problems = {}) {
    const person = await profileReports.reportable(personOf(req), slugOfRequest(req))
    const open = await profileReports.openOf(personOf(req), person)
    res.page('people/reports/form', presentReportForm(person, open, typed, errors))
  }

  async function show(req: Request, res: Response, typed: Typed = {}, errors: Problems = {}) {
    const kept = await profileReports.find(personOf(req), idOf(req))
    res.page('people/reports/report', await presentReport(kept, personOf(req), services, typed, errors))
  }

  return {
    start: (req: Request, res: Response) => start(req, res),
    startAgain: start,
    show: (req: Request, res: Response) => show(req, res),
    showAgain: show,

    async report(req: Request, res: Response, form: ReportForm) {
      const { slug } = await profileReports.report(personOf(req), slugOfRequest(req), form)
      res.say('Thank you. The administrators see your report.')
      res.redirect(303, `/people/${slug}`)
    },

    async list(req: Request, res: Response) {
      const [open, settled] = await Promise.all([profileReports.open(personOf(req)), profileReports.settled(personOf(req))])
      res.page('people/reports/list', await presentReports(open, settled, personOf(req), services))
    },

    async settle(req: Request, res: Response, form: SettleForm) {
      const { person } = await profileReports.settle(personOf(req), idOf(req), form)
      res.say(`The report about ${person.name} is answered.`)
      res.redirect(303, '/admin/reports')
    },
  }
}
