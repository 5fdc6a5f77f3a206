import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'
import { loanHref, namedLoans } from './loanNames.ts'

export const loansWaiting =
  (services: Pick<Services, 'loans' | 'bylines' | 'organisations'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const loans = await services.loans.waitingFor(person)
    if (loans.length === 0) return []
    const named = await namedLoans(loans, person, services)
    return loans.map((loan, place) => ({
      text: `Loan waiting for your consent: ${named[place]?.title}`,
      href: loanHref(loan),
      since: loan.updatedAt,
    }))
  }
