import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Loan } from './loanModel.ts'
import { refusalFor, rolesOf } from './loanRoles.ts'
import { type LoanStep, loanSteps } from './loanTransitions.ts'

type Field = 'lineManager' | 'comment' | 'reason' | 'hours' | 'until' | 'amount'

interface Deed {
  text: string
  hint: string
  asks: readonly Field[]
  classes?: string
}

const quiet = 'govuk-button--secondary'
const warning = 'govuk-button--warning'

/** The steps that people take on the page of a loan. */
const deeds: Partial<Record<LoanStep, Deed>> = {
  'person consents': {
    text: 'I consent to be lent',
    hint: 'Then your line manager or the administrators of your organisation are asked, and after them the borrowing organisation.',
    asks: ['lineManager'],
  },
  'home consents': { text: 'Consent for the home organisation', hint: 'Then the borrowing organisation is asked.', asks: ['comment'] },
  'borrower consents': {
    text: 'Consent for the borrowing organisation',
    hint: 'Then the loan is agreed, and begins at its first day.',
    asks: [],
  },
  'person consents to extension': { text: 'I consent to the extension', hint: 'Then your organisation is asked.', asks: [] },
  'home consents to extension': {
    text: 'Consent to the extension for the home organisation',
    hint: 'Then the borrowing organisation is asked.',
    asks: ['comment'],
  },
  'borrower consents to extension': {
    text: 'Consent to the extension for the borrowing organisation',
    hint: 'Then the loan goes on until the new last day.',
    asks: [],
  },
  'ask to extend': {
    text: 'Ask to extend',
    hint: 'All three are asked again. Until they consent, the loan ends as agreed.',
    asks: ['until', 'amount'],
    classes: quiet,
  },
  refuse: { text: 'Refuse', hint: 'The loan does not take place. No reason is needed.', asks: ['reason'], classes: quiet },
  'refuse extension': { text: 'Refuse the extension', hint: 'The loan ends as it was agreed.', asks: [], classes: quiet },
  withdraw: { text: 'Withdraw', hint: 'Nobody is asked any more.', asks: [], classes: quiet },
  'call off': { text: 'Call off', hint: 'The loan does not begin. All are told.', asks: ['reason'], classes: warning },
  'end early': {
    text: 'End the loan now',
    hint: 'The hours that were worked until now go to the ledger.',
    asks: ['hours', 'reason'],
    classes: warning,
  },
}

export const stepId = (step: LoanStep): string => step.replaceAll(' ', '-')
export const stepIds: ReadonlyMap<string, LoanStep> = new Map(
  loanSteps.filter(step => deeds[step] !== undefined).map(step => [stepId(step), step]),
)

interface Shown {
  typed: Record<string, unknown>
  errors: Problems
  /** Which was refused: only its form has what was typed. */
  step?: LoanStep | undefined
}

export function deedsOffered(loan: Loan, person: SignedInPerson, shown: Shown) {
  const offered = [...stepIds.values()].filter(step => refusalFor(person, step, loan) === undefined)
  return offered.map(step => presentDeed(step, loan, shown.step === step ? shown : { typed: {}, errors: {} }))
}

/** Whether a consent is missing that this person could give, had they not given another one. */
export const hasConsentedAlready = (loan: Loan, person: SignedInPerson): boolean =>
  rolesOf(person, loan).length > 1 && loanSteps.some(step => refusalFor(person, step, loan) === 'consented already')

function presentDeed(step: LoanStep, loan: Loan, { typed, errors }: Shown) {
  const { asks, ...deed } = deeds[step] as Deed
  const field = (name: Field) => ({
    name,
    ...labels(loan)[name],
    value: typeof typed[name] === 'string' ? typed[name] : '',
    errorMessage: errors[name],
  })
  return {
    ...deed,
    action: `/loans/${loan._id}/${stepId(step)}`,
    revision: loan.revision,
    fields: asks.map(name => ({ component: isLong(name) ? 'textarea' : 'input', options: field(name) })),
  }
}

const isLong = (name: Field) => name === 'comment' || name === 'reason'

const labels = ({ unit }: Pick<Loan, 'unit'>) => ({
  lineManager: {
    label: 'Your line manager',
    hint: 'The name as on the profile. Leave it empty to have the administrators of your organisation asked',
    attributes: { list: 'colleagues' },
  },
  comment: { label: 'Comment for your own organisation', hint: 'Read by you and its administrators, and by nobody else', rows: 3 },
  reason: { label: 'Why', hint: 'You need not say. All whom the loan concerns read it', rows: 3 },
  hours: { label: 'Hours worked until now', inputmode: 'decimal', classes: 'govuk-input--width-5' },
  until: { label: 'New last day', type: 'date', hint: 'Such as 2026-05-03', classes: 'govuk-input--width-10' },
  amount: { label: `Further ${unit}`, inputmode: 'decimal', classes: 'govuk-input--width-5' },
})
