import { z } from 'zod'
import type { FeatureServices } from '../../feature.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { readDate } from '../../imports/readDate.ts'
import { givenChoice, givenLine, givenText, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import { localDate } from '../../people/absence.ts'
import { newId } from '../../storage/newId.ts'
import { historyOf, pathTo } from './importedHistory.ts'
import { hoursOf } from './loanDays.ts'
import { type Loan, readersOfLoan, units } from './loanModel.ts'
import { costRules } from './loanTermsModel.ts'
import { loanStates } from './loanTransitions.ts'

const schema = z.strictObject({
  id: sourceId,
  person: neededLine(),
  /** An organisation. */
  borrower: neededLine(),
  askedBy: neededLine(),
  /** Who consents for the two organisations. */
  homeConsent: neededLine(),
  borrowerConsent: neededLine(),
  purpose: givenText(2_000).unwrap(),
  amount: z.coerce.number('must be a number').positive('must be more than none').max(5_000, 'is more than 5,000'),
  unit: givenChoice(units).unwrap(),
  asked: z.unknown(),
  from: z.unknown(),
  until: z.unknown(),
  state: givenChoice(loanStates).unwrap(),
  cost: givenChoice(costRules).unwrap(),
  costDetail: givenLine(300),
  reason: givenText(1_000),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'organisations' | 'people' | 'authors' | 'loanTerms' | 'ledger' | 'lentPeriods'> & {
  models: Pick<FeatureServices['models'], 'loans'>
}

/** Loans from a file, with a history that the table of states allows. One that is there stays as it is. */
export async function loansImport({ models, ...services }: Needed, { clock }: ImportContext): Promise<Importer<Row>> {
  const organisations = await services.organisations.forImport()

  async function person(reference: string) {
    const found = (await services.authors.named([reference])).find(reference)
    const known = found === undefined ? undefined : await services.people.byId(found._id)
    if (known === undefined) throw new RowRefused(`there is nobody "${reference}" here`)
    return known
  }

  function day(row: Row, field: 'asked' | 'from' | 'until'): Date {
    const date = readDate(row[field], clock.now())
    if (date === undefined) throw new RowRefused(`${field} is no date`)
    return date
  }

  async function wanted(row: Row): Promise<Loan> {
    const [lent, asker, home, answering] = [
      await person(row.person),
      await person(row.askedBy),
      await person(row.homeConsent),
      await person(row.borrowerConsent),
    ]
    const borrowingOrganisationId = organisations.get(row.borrower)._id
    if (lent.organisationId === borrowingOrganisationId) throw new RowRefused('the person works for the borrowing organisation already')
    if (new Set([lent._id, home._id, answering._id]).size < 3) throw new RowRefused('nobody consents in two roles')
    const [asked, from, until] = [day(row, 'asked'), localDate(day(row, 'from')), localDate(day(row, 'until'))]
    if (until < from) throw new RowRefused('until is before from')
    const concerned = {
      ...{ personId: lent._id, homeOrganisationId: lent.organisationId, borrowingOrganisationId, askedById: asker._id },
      ...(home.organisationId === lent.organisationId && !home.roles.includes('organisation administrator')
        ? { lineManagerId: home._id }
        : {}),
    }
    const { purpose, amount, unit, state, reason } = row
    const who = { person: lent._id, home: home._id, borrower: answering._id, asker: asker._id }
    const history = historyOf(pathTo(state), who, { asked, from, until, reason: reason || undefined }, clock.now())
    const days = { purpose, amount, unit, from, until }
    return { _id: newId(), ...concerned, ...days, ...history, readers: readersOfLoan(concerned), state, createdAt: asked, sourceId: row.id }
  }

  async function keepOne(row: Row): Promise<Outcome> {
    const existing = await models.loans.findOne({ sourceId: row.id }).asSystem('a file names what it gave').lean<Loan>()
    if (existing !== null) return 'unchanged'
    const loan = await wanted(row)
    if (hoursOf(loan.amount, loan.unit) <= 0) throw new RowRefused('amount is none')
    if (['agreed', 'running'].includes(loan.state) && !(await services.lentPeriods.hold(loan, loan, loan.revision)))
      throw new RowRefused('the person is lent on some of these days already')
    await services.loanTerms.setCost(loan, { rule: row.cost, ...(row.costDetail ? { detail: row.costDetail } : {}) })
    await models.loans.insertMany([loan], { lean: true })
    if (loan.state === 'ended') await services.ledger.write(loan, loan.updatedAt)
    return 'added'
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'person', 'borrower', 'askedBy', 'purpose', 'amount', 'unit', 'asked', 'from', 'until', 'state', 'cost'],
    read: cells => readRow(schema, 'loans', cells),
    async keep(rows) {
      const outcomes: Outcome[] = []
      for (const row of rows) outcomes.push(await keepOne(row).catch(refusedRow))
      return outcomes
    },
  }
}

function refusedRow(error: unknown): Outcome {
  if (!(error instanceof RowRefused)) throw error
  return { refused: error.message }
}
