import type { SignedInPerson } from '../../access/accessTokens.ts'
import { dayText } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import type { Loan } from './loanModel.ts'
import type { LoanState } from './loanTransitions.ts'

export type NamingServices = Pick<Services, 'bylines' | 'organisations'>

export interface NamedLoan {
  /** "Ann Lee to Cheshire Council" */
  title: string
  person: { text: string; href?: string }
  home: { text: string; href?: string }
  borrower: { text: string; href?: string }
  nameOf(id: string | undefined): string | undefined
}

export const loanHref = ({ _id }: Pick<Loan, '_id'>) => `/loans/${_id}`

/** The names that stand on loans, for somebody who may read these. */
export async function namedLoans(
  loans: readonly Loan[],
  reader: SignedInPerson,
  { bylines, organisations }: NamingServices,
): Promise<NamedLoan[]> {
  const people = await bylines.of(loans.flatMap(peopleOn), reader)
  const ids = loans.flatMap(({ homeOrganisationId, borrowingOrganisationId }) => [homeOrganisationId, borrowingOrganisationId])
  const found = ids.length === 0 ? [] : await organisations.named({ ids: [...new Set(ids)] }, reader)
  const named = new Map(found.map(({ _id, name, slug }) => [_id, { text: name, href: `/organisations/${slug}` }]))
  const organisation = (id: string) => named.get(id) ?? { text: 'An organisation that is not here any more' }
  const personOf = (id: string) => {
    const byline = people.get(id)
    return { text: byline?.name ?? 'Somebody', ...(byline?.href === undefined ? {} : { href: byline.href }) }
  }
  return loans.map(loan => {
    const [person, home, borrower] = [
      personOf(loan.personId),
      organisation(loan.homeOrganisationId),
      organisation(loan.borrowingOrganisationId),
    ]
    const nameOf = (id: string | undefined) => (id === undefined ? undefined : people.get(id)?.name)
    return { title: `${person.text} to ${borrower.text}`, person, home, borrower, nameOf }
  })
}

function peopleOn({ personId, askedById, lineManagerId, consents, extension, changes }: Loan): string[] {
  const ids = [personId, askedById, lineManagerId, extension?.askedById, ...changes.map(({ byId }) => byId)]
  return [...ids, ...consents.map(({ byId }) => byId), ...(extension?.consents ?? []).map(({ byId }) => byId)].filter(
    id => id !== undefined,
  )
}

export const daysText = ({ from, until }: Pick<Loan, 'from' | 'until'>): string =>
  from === until ? dayText(from) : `${dayText(from)} to ${dayText(until)}`

export const stateText = (state: LoanState): string => state.charAt(0).toUpperCase() + state.slice(1)
