import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { longestLoanDays } from './loanDays.ts'
import { type CostRule, costRules } from './loanTermsModel.ts'

type Typed = Record<string, unknown>

const mostSuggested = 300

/** As it starts. @param person  the slug of who is to be lent */
export async function newLoan(person: SignedInPerson, { organisations }: Services, lent?: string): Promise<Typed> {
  const own = await organisations.named({ ids: [person.organisationId] }, person)
  return { borrower: own[0]?.slug, unit: 'days', cost: 'free', ...(lent === undefined ? {} : { person: lent }) }
}

const costs: Record<CostRule, string> = {
  free: 'It is free',
  recharge: 'The hours are recharged at a rate',
  exchange: 'Something is given in exchange',
}

/** Everything that views/pooling/loans/form prints, with what was typed still there. */
export async function presentLoanForm(typed: Typed, errors: Problems, person: SignedInPerson, { organisations, people }: Services) {
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const all = await organisations.list(person)
  const suggested = await people.list(person, {}, { from: 0, size: mostSuggested })
  return {
    title: 'Ask for a loan',
    errors,
    longestLoanDays,
    typed: Object.fromEntries(['person', 'purpose', 'amount', 'from', 'until', 'costDetail'].map(field => [field, text(field)])),
    people: [...new Set(suggested.people.map(({ name }) => name))],
    borrowers: [
      { value: '', text: 'Choose an organisation' },
      ...all.map(({ slug, name }) => ({ value: slug, text: name, selected: typed.borrower === slug })),
    ],
    units: ['hours', 'days'].map(value => ({ value, text: value === 'hours' ? 'Hours' : 'Days', checked: typed.unit === value })),
    costs: costRules.map(value => ({ value, text: costs[value], checked: typed.cost === value })),
  }
}
