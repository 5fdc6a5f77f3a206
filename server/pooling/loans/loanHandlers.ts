import type { Request, Response } from 'express'
import { NotFound } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { loanAgreement } from './loanAgreement.ts'
import { extensionOf, lineManagerNamed, loanContent } from './loanContent.ts'
import { stepIds } from './loanDeeds.ts'
import { newLoan, presentLoanForm } from './loanFormPresenter.ts'
import type { EndForm, ExtendForm, LoanForm, StepForm } from './loanForms.ts'
import { loanHref } from './loanNames.ts'
import { isAgreed, presentLoan, presentLoanList } from './loanPresenter.ts'
import type { StepAsked } from './loanService.ts'
import type { LoanStep } from './loanTransitions.ts'

const pageSize = 20

const said: Partial<Record<LoanStep, string>> = {
  'person consents': 'You consented. Your organisation is asked now.',
  'home consents': 'You consented for the home organisation. The borrowing organisation is asked now.',
  'borrower consents': 'The loan is agreed. It begins and ends by itself at its days.',
  refuse: 'The loan is refused. Those whom it concerns are told.',
  withdraw: 'The loan is withdrawn.',
  'call off': 'The loan is called off. Those whom it concerns are told.',
  'ask to extend': 'All three are asked again, the person first.',
  'refuse extension': 'The extension is refused. The loan ends as agreed.',
  'end early': 'The loan has ended, and its hours stand in the ledger.',
}

/** What draws documents takes tens of megabytes: it is loaded when the first is asked for. */
const drawing = async () => (await import('../../documents/pdfDocument.ts')).pdfDocument

export const loanHandlers = (services: Services) => {
  const { loans } = services

  async function take(req: Request, res: Response, step: LoanStep, asked: StepAsked) {
    const loan = await loans.take(personOf(req), slugOfRequest(req), step, asked)
    res.say(said[step] ?? 'Done.')
    res.redirect(303, loanHref(loan))
  }

  const opened = (req: Request) => loans.readable(personOf(req), slugOfRequest(req))

  return {
    async list(req: Request, res: Response) {
      const page = pageNumber(req.query.page)
      const found = await loans.list(personOf(req), { from: (page - 1) * pageSize, size: pageSize })
      res.page('pooling/loans/list', await presentLoanList({ ...found, page, pageSize }, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      res.page('pooling/loans/loan', await presentLoan(await opened(req), personOf(req), services))
    },

    async startNew(req: Request, res: Response) {
      const lent = typeof req.query.person === 'string' ? req.query.person : undefined
      const typed = await newLoan(personOf(req), services, lent)
      res.page('pooling/loans/form', await presentLoanForm(typed, {}, personOf(req), services))
    },

    async create(req: Request, res: Response, form: LoanForm) {
      const loan = await loans.propose(personOf(req), await loanContent(form, personOf(req), services))
      res.say('The loan is asked for. The person to be lent is asked first.')
      res.redirect(303, loanHref(loan))
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('pooling/loans/form', await presentLoanForm(typed, errors, personOf(req), services))
    },

    async step(req: Request, res: Response, { revision, lineManager, comment, reason }: StepForm) {
      const step = stepAsked(req)
      const named = step === 'person consents' ? lineManager : undefined
      const lineManagerId = named === undefined ? undefined : await lineManagerNamed(named, await opened(req), personOf(req), services)
      await take(req, res, step, {
        revision,
        ...(lineManagerId === undefined ? {} : { lineManagerId }),
        ...(comment === undefined ? {} : { comment }),
        ...(reason === undefined ? {} : { reason }),
      })
    },

    async endEarly(req: Request, res: Response, { revision, hours, reason }: EndForm) {
      await take(req, res, 'end early', { revision, lentHours: hours, ...(reason === undefined ? {} : { reason }) })
    },

    async extend(req: Request, res: Response, form: ExtendForm) {
      const extension = extensionOf(form, await opened(req))
      await take(req, res, 'ask to extend', { revision: form.revision, extension })
    },

    async stepAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const step = stepAsked(req)
      res.page('pooling/loans/loan', await presentLoan(await opened(req), personOf(req), services, { typed, errors, step }))
    },

    async agreement(req: Request, res: Response) {
      const loan = await opened(req)
      if (!isAgreed(loan)) throw new NotFound('There is no agreement yet: it is there when all three have consented.')
      const pdfDocument = await drawing()
      const bytes = await pdfDocument(await loanAgreement(loan, personOf(req), services, siteAddress(services.config, req)))
      res.set('Cache-Control', 'private, no-store').attachment('loan-agreement.pdf').type('application/pdf').send(bytes)
    },
  }
}

function stepAsked(req: Request): LoanStep {
  const step = stepIds.get(String(req.params.step ?? req.path.split('/').at(-1)))
  if (step === undefined) throw new NotFound('There is no such step. Open the loan and choose what to do there.')
  return step
}
