import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { Invalid } from '../../failures.ts'
import { type LocalDate, localDate } from '../../people/absence.ts'
import type { Person } from '../../people/personModel.ts'
import type { Services } from '../../services.ts'
import { daysBetween, hoursOf, longestLoanDays } from './loanDays.ts'
import type { ExtendForm, LoanForm } from './loanForms.ts'
import type { Loan } from './loanModel.ts'
import type { LoanCost } from './loanTermsModel.ts'

type Directories = Pick<Services, 'people' | 'organisations' | 'clock'>
type Problems = Record<string, string>

/** What somebody asks for, with the named records found. */
export type LoanContent = Pick<
  Loan,
  'personId' | 'homeOrganisationId' | 'borrowingOrganisationId' | 'askerAnswers' | 'purpose' | 'amount' | 'unit' | 'from' | 'until'
> & { cost: Pick<LoanCost, 'rule' | 'detail'> }

/** @throws Invalid with what is wrong beside each field */
export async function loanContent(form: LoanForm, asker: SignedInPerson, services: Directories): Promise<LoanContent> {
  const problems: Problems = {}
  const person = await personCalled(form.person, asker, services, says => {
    problems.person = says
  })
  const [borrower] = await services.organisations.named({ slugs: [form.borrower] }, asker)
  if (borrower === undefined) problems.borrower = 'Choose an organisation from the list'
  if (person !== undefined && borrower !== undefined) checkSides(person, borrower._id, asker, problems)
  checkDays(form, localDate(services.clock.now()), problems)
  if (person === undefined || borrower === undefined || Object.keys(problems).length > 0) throw new Invalid(problems)
  const { purpose, amount, unit, from, until, cost, costDetail } = form
  const answers = asker.organisationId === borrower._id && asker.roles.includes('coordinator')
  return {
    ...{ personId: person._id, homeOrganisationId: person.organisationId, borrowingOrganisationId: borrower._id },
    ...(answers ? { askerAnswers: true as const } : {}),
    ...{ purpose, amount, unit, from, until },
    cost: { rule: cost, ...(cost === 'free' || costDetail === undefined ? {} : { detail: costDetail }) },
  }
}

export async function personCalled(
  name: string,
  reader: SignedInPerson,
  { people }: Pick<Services, 'people'>,
  problem: (says: string) => void,
): Promise<Person | undefined> {
  const called = await people.called(name, reader)
  if (called.length === 1) return called[0]
  if (called.length === 0) problem(`There is no “${name}” among the people here. Type the name as on the profile`)
  else problem(`${called.length} people are called “${name}”. Write one of ${called.map(({ slug }) => slug).join(', ')} instead`)
  return undefined
}

function checkSides(person: Person, borrowerId: string, asker: SignedInPerson, problems: Problems): void {
  if (person.organisationId === borrowerId)
    problems.person = `${person.name} works for that organisation already. A loan is between two organisations: choose another one, or ask their team`
  const isOfOneSide = [person.organisationId, borrowerId].includes(asker.organisationId)
  if (!isOfOneSide && !may(asker, { verb: 'approve loan', record: { organisationId: borrowerId } }))
    problems.borrower = 'Ask for your own organisation, or offer one of its people. Others ask for themselves'
}

function checkDays({ from, until, amount, unit }: LoanForm, today: LocalDate, problems: Problems): void {
  const days = daysBetween(from, until)
  if (from < today) problems.from = 'The first day has passed. Enter today or a later day'
  if (days > longestLoanDays)
    problems.until = `A loan is for ${longestLoanDays} days at most, and this is for ${days}. Agree on a secondment for longer ones`
  if (hoursOf(amount, unit) > days * 24 || (unit === 'days' && amount > days))
    problems.amount = `There are only ${days} ${days === 1 ? 'day' : 'days'} from the first to the last`
}

/** @throws Invalid with what is wrong beside each field */
export function extensionOf({ until, amount }: ExtendForm, loan: Loan) {
  const problems: Problems = {}
  const days = daysBetween(loan.from, until)
  if (until <= loan.until) problems.until = 'The new last day must be after the one that was agreed'
  else if (days > longestLoanDays) problems.until = `A loan is for ${longestLoanDays} days at most, and this would be for ${days}`
  else if (hoursOf(loan.amount + amount, loan.unit) > days * 24) problems.amount = `There are only ${days} days from the first to the last`
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  return { until, amount }
}

/** Whom the person who is lent names: a colleague who answers for them. @throws Invalid */
export async function lineManagerNamed(name: string, loan: Loan, person: SignedInPerson, services: Pick<Services, 'people'>) {
  const problems: Problems = {}
  const manager = await personCalled(name, person, services, says => {
    problems.lineManager = says
  })
  if (manager !== undefined && manager._id === person.id)
    problems.lineManager = 'Nobody consents in two roles. Name whoever answers for you'
  else if (manager !== undefined && manager.organisationId !== loan.homeOrganisationId)
    problems.lineManager = `${manager.name} works for another organisation. Name somebody of your own`
  if (manager === undefined || problems.lineManager !== undefined) throw new Invalid(problems)
  return manager._id
}
