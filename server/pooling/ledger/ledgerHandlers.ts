import type { Request, Response } from 'express'
import { Conflict } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { CorrectionForm } from '../loans/loanForms.ts'
import { ledgerTable, presentCorrection, presentLedger } from './ledgerPresenter.ts'

export const ledgerHandlers = (services: Services) => {
  const { ledger, loans } = services

  async function startCorrection(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    const loan = await loans.readable(personOf(req), slugOfRequest(req))
    const entries = await ledger.ofLoan(personOf(req), loan._id)
    if (entries.length === 0) throw new Conflict('This loan does not stand in the ledger yet: it is written when the loan has ended.')
    res.page('pooling/ledger/correction', await presentCorrection({ loan, entries, typed, errors }, personOf(req), services))
  }

  return {
    async show(req: Request, res: Response) {
      const person = personOf(req)
      res.page('pooling/ledger/ledger', await presentLedger(await ledger.list(person), person, services))
    },

    async download(req: Request, res: Response) {
      const person = personOf(req)
      const table = await ledgerTable(await ledger.list(person), person, services)
      res.set('Cache-Control', 'private, no-store').attachment('ledger.csv').type('text/csv').send(table)
    },

    startCorrection: (req: Request, res: Response) => startCorrection(req, res),
    correctionAgain: startCorrection,

    async correct(req: Request, res: Response, form: CorrectionForm) {
      const loan = await loans.readable(personOf(req), slugOfRequest(req))
      await ledger.correct(personOf(req), loan, form)
      res.say('The counter-entry stands in the ledger, with your reason.')
      res.redirect(303, '/loans/ledger')
    },
  }
}
