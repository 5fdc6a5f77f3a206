import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { personOf } from '../../http/guards.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import { parseForm } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { monthOf } from './months.ts'
import { type PoolingReport, poolingReport } from './poolingReport.ts'
import { reportForm } from './reportForms.ts'
import { presentReport, presentReportForm } from './reportPresenter.ts'
import { organisationsTable, outcomesTable, skillsTable } from './reportTables.ts'

export const reportHandlers = (services: Services) => {
  const now = () => monthOf(services.clock.now())
  const asked = (req: Request) => poolingReport(personOf(req), parseForm(reportForm(now()), req.query), services)

  const download = (name: string, tableOf: (report: PoolingReport, site: string) => string) => async (req: Request, res: Response) => {
    const table = tableOf(await asked(req), siteAddress(services.config, req))
    res.set('Cache-Control', 'private, no-store').attachment(`pooling-${name}.csv`).type('text/csv').send(table)
  }

  async function refused(req: Request, res: Response, { problems }: Invalid) {
    const organisations = await services.organisations.list(personOf(req))
    res.status(422).page('pooling/report/report', {
      ...presentReportForm({ typed: req.query, now: now(), organisations, errors: problems }),
    })
  }

  return {
    async show(req: Request, res: Response) {
      try {
        res.page('pooling/report/report', presentReport(await asked(req), now()))
      } catch (error) {
        if (!(error instanceof Invalid)) throw error
        await refused(req, res, error)
      }
    },

    organisations: download('organisations', organisationsTable),
    skills: download('skills', skillsTable),
    outcomes: download('outcomes', outcomesTable),
  }
}
