import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Loan } from './loanModel.ts'
import {
  awaited,
  consentsOfRound,
  type LoanStep,
  loanTransitions,
  type Party,
  type Refusal,
  type Role,
  refusalOf,
} from './loanTransitions.ts'

/** What somebody is to a loan. Whoever is lent answers for neither organisation. */
export function rolesOf(person: SignedInPerson, loan: Loan): Role[] {
  const isLent = loan.personId === person.id
  const approves = (organisationId: string) => !isLent && may(person, { verb: 'approve loan', record: { organisationId } })
  const asked = loan.askedById === person.id
  const roles: Partial<Record<Role, boolean>> = {
    person: isLent,
    home: approves(loan.homeOrganisationId) || (!isLent && loan.lineManagerId === person.id),
    borrower: approves(loan.borrowingOrganisationId) || (!isLent && asked && loan.askerAnswers === true),
    asker: asked,
  }
  return (Object.keys(roles) as Role[]).filter(role => roles[role])
}

export const refusalFor = (person: SignedInPerson, step: LoanStep, loan: Loan): Refusal | undefined =>
  refusalOf(step, loan, { id: person.id, roles: rolesOf(person, loan) })

/** In which of their roles somebody takes a step. */
export const roleTaking = (person: SignedInPerson, step: LoanStep, loan: Loan): Role | undefined =>
  rolesOf(person, loan).find(role => loanTransitions[step].who.includes(role))

/** The consent that a loan waits for, if this person may give it. */
export function consentAwaitedFrom(person: SignedInPerson, loan: Loan): Party | undefined {
  const party = awaited(loan.state)
  if (party === undefined || !rolesOf(person, loan).includes(party)) return undefined
  return consentsOfRound(loan).some(({ byId }) => byId === person.id) ? undefined : party
}
