import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { dateAndTime, longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import { dayText } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { amountText } from './loanDays.ts'
import { deedsOffered, hasConsentedAlready } from './loanDeeds.ts'
import type { Loan, LoanChange } from './loanModel.ts'
import { daysText, loanHref, type NamedLoan, namedLoans, stateText } from './loanNames.ts'
import { consentAwaitedFrom } from './loanRoles.ts'
import type { LoanCost } from './loanTermsModel.ts'
import { awaited, consentsOfRound, isOver, type LoanState, type LoanStep, type Party, parties } from './loanTransitions.ts'

interface Listed {
  loans: Loan[]
  total: number
  page: number
  pageSize: number
}

const mostColleagues = 300

export const badgeOf = (state: LoanState) => ({
  text: stateText(state),
  kind: state === 'running' || state === 'agreed' ? 'good' : isOver(state) ? 'plain' : 'attention',
})

/** Everything that views/pooling/loans/list prints. */
export async function presentLoanList({ loans, total, page, pageSize }: Listed, person: SignedInPerson, services: Services) {
  const named = await namedLoans(loans, person, services)
  return {
    title: 'Loans',
    rows: loans.map((loan, place) => ({
      title: named[place]?.title,
      href: loanHref(loan),
      badge: badgeOf(loan.state),
      isForReader: consentAwaitedFrom(person, loan) !== undefined,
      facts: [named[place]?.home.text, daysText(loan), amountText(loan.amount, loan.unit)],
    })),
    pagination: pagination(page, Math.ceil(total / pageSize), number => `/loans${number > 1 ? `?page=${number}` : ''}`),
  }
}

export interface ShownStep {
  typed?: Record<string, unknown>
  errors?: Problems
  step?: LoanStep | undefined
}

/** Everything that views/pooling/loans/loan prints. */
export async function presentLoan(loan: Loan, person: SignedInPerson, services: Services, shown: ShownStep = {}) {
  const { typed = {}, errors = {}, step } = shown
  const [[named], cost, comments, colleagues] = await Promise.all([
    namedLoans([loan], person, services) as Promise<[NamedLoan]>,
    services.loanTerms.cost(person, loan._id),
    services.loanTerms.commentsOn(person, loan),
    colleaguesOf(loan, person, services),
  ])
  const writers = await services.bylines.of(
    comments.map(({ byId }) => byId),
    person,
  )
  return {
    title: named.title,
    errors,
    badge: badgeOf(loan.state),
    purpose: loan.purpose,
    facts: factsOf(loan, named, cost),
    consents: parties.map(party => presentConsent(party, loan, named)),
    extension: presentExtension(loan, named),
    hasConsentedAlready: hasConsentedAlready(loan, person),
    deeds: deedsOffered(loan, person, { typed, errors, step }),
    colleagues,
    comments: comments.map(({ byId, at, text }) => ({ by: writers.get(byId)?.name ?? 'Somebody', at: dateAndTime(at), text })),
    changes: [...loan.changes].reverse().map(change => presentChange(change, named)),
    ...(isAgreed(loan) ? { agreementHref: `${loanHref(loan)}/agreement.pdf` } : {}),
    ...(loan.state === 'ended' && may(person, { verb: 'correct ledger' }) ? { correctionHref: `${loanHref(loan)}/correction` } : {}),
  }
}

export const isAgreed = ({ consents }: Pick<Loan, 'consents'>): boolean => consents.length === parties.length

async function colleaguesOf(loan: Loan, person: SignedInPerson, { people }: Pick<Services, 'people'>): Promise<string[]> {
  if (loan.state !== 'proposed' || loan.personId !== person.id) return []
  const found = await people.list(person, { organisationId: loan.homeOrganisationId }, { from: 0, size: mostColleagues })
  return [...new Set(found.people.map(({ name }) => name))].filter(name => name !== person.name)
}

export function factsOf(loan: Loan, named: NamedLoan, cost: LoanCost | undefined) {
  const { person, home, borrower, nameOf } = named
  return [
    { term: 'Who is lent', ...person },
    { term: 'Home organisation', ...home },
    { term: 'Borrowing organisation', ...borrower },
    { term: 'When', text: daysText(loan) },
    { term: 'How much', text: amountText(loan.amount, loan.unit) },
    { term: 'Asked by', text: `${nameOf(loan.askedById) ?? 'Somebody'}, ${longDate(loan.createdAt)}` },
    ...(loan.lineManagerId === undefined ? [] : [{ term: 'Line manager', text: nameOf(loan.lineManagerId) ?? 'Somebody' }]),
    ...(loan.lentHours === undefined ? [] : [{ term: 'Hours worked', text: loan.lentHours.toLocaleString('en-GB') }]),
    ...(cost === undefined ? [] : [{ term: 'Cost', text: costText(cost) }]),
  ]
}

const costNames = { free: 'Free', recharge: 'Recharged at a rate', exchange: 'In exchange' }

export const costText = ({ rule, detail }: Pick<LoanCost, 'rule' | 'detail'>): string =>
  detail === undefined ? costNames[rule] : `${costNames[rule]}: ${detail}`

export const partyNames: Record<Party, string> = {
  person: 'The person',
  home: 'The home organisation',
  borrower: 'The borrowing organisation',
}

function presentConsent(party: Party, loan: Loan, { nameOf }: NamedLoan) {
  const given = consentsOfRound(loan).find(consent => consent.party === party)
  const text =
    given !== undefined
      ? `consented: ${nameOf(given.byId) ?? 'somebody'}, ${dateAndTime(given.at)}`
      : awaited(loan.state) === party
        ? 'is asked now'
        : isOver(loan.state)
          ? 'was not asked any more'
          : 'is asked later'
  return { text: `${partyNames[party]} ${text}`, isGiven: given !== undefined }
}

function presentExtension({ extension, unit }: Loan, { nameOf }: NamedLoan): string | undefined {
  if (extension === undefined) return undefined
  const more = extension.amount === 0 ? '' : `, with ${amountText(extension.amount, unit)} more`
  return `${nameOf(extension.askedById) ?? 'Somebody'} asks to extend it until ${dayText(extension.until)}${more}. Until all three consent, it ends as agreed.`
}

export const changeNames: Record<LoanChange['step'], string> = {
  propose: 'Asked for',
  'person consents': 'The person consented',
  'home consents': 'The home organisation consented',
  'borrower consents': 'The borrowing organisation consented: agreed',
  refuse: 'Refused',
  withdraw: 'Withdrawn',
  'call off': 'Called off',
  lapse: 'Lapsed without the consents of all',
  start: 'Begun',
  'ask to extend': 'Extension asked for',
  'person consents to extension': 'The person consented to the extension',
  'home consents to extension': 'The home organisation consented to the extension',
  'borrower consents to extension': 'The borrowing organisation consented: extended',
  'refuse extension': 'Extension refused',
  'end early': 'Ended early',
  end: 'Ended',
}

function presentChange({ step, at, byId, reason, until }: LoanChange, { nameOf }: NamedLoan) {
  return {
    text: until === undefined ? changeNames[step] : `${changeNames[step]}, until ${dayText(until)}`,
    at: dateAndTime(at),
    by: byId === undefined ? undefined : (nameOf(byId) ?? 'somebody'),
    reason,
  }
}
