import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { presentCoverage } from './coveragePresenter.ts'
import { coverageQuestion } from './coverageQuestion.ts'
import { coverageTable } from './coverageTable.ts'
import { skillCoverage } from './skillCoverage.ts'

export const coverageHandlers = (services: Services) => ({
  async show(req: Request, res: Response) {
    res.page('skills/coverage', presentCoverage(await skillCoverage(personOf(req), coverageQuestion(req.query), services)))
  },

  async download(req: Request, res: Response) {
    const coverage = await skillCoverage(personOf(req), coverageQuestion(req.query), services)
    res.set('Cache-Control', 'private, no-store').attachment('skills-coverage.csv').type('text/csv').send(coverageTable(coverage))
  },
})
