import type { LedgerEntry } from './ledgerModel.ts'

export interface Balance {
  organisationId: string
  lent: number
  borrowed: number
  /** Minutes, as the others: lent less borrowed. */
  balance: number
}

/** Of each organisation; what loans were corrected by counts with them. The sum of all balances is none. */
export function balancesOf(entries: readonly LedgerEntry[]): Balance[] {
  const byLoan = new Map<string, Map<string, number>>()
  for (const { loanId, sides } of entries) {
    const loan = byLoan.get(loanId) ?? new Map<string, number>()
    for (const { organisationId, minutes } of sides) loan.set(organisationId, (loan.get(organisationId) ?? 0) + minutes)
    byLoan.set(loanId, loan)
  }
  const balances = new Map<string, Balance>()
  for (const [organisationId, minutes] of [...byLoan.values()].flatMap(loan => [...loan])) {
    const { lent, borrowed, balance } = balances.get(organisationId) ?? { lent: 0, borrowed: 0, balance: 0 }
    const added = { lent: lent + Math.max(0, minutes), borrowed: borrowed + Math.max(0, -minutes), balance: balance + minutes }
    balances.set(organisationId, { organisationId, ...added })
  }
  return [...balances.values()].sort((a, b) => b.balance - a.balance || a.organisationId.localeCompare(b.organisationId))
}
