import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import { localDate } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { csvLine } from '../../tables/csvLine.ts'
import type { Loan } from '../loans/loanModel.ts'
import { loanHref, type NamedLoan, namedLoans } from '../loans/loanNames.ts'
import { minutesOf } from './ledger.ts'
import { balancesOf } from './ledgerBalances.ts'
import type { LedgerEntry } from './ledgerModel.ts'

type Directories = Pick<Services, 'organisations' | 'bylines'>

const mostShown = 100

/** Hours to two places, so that no rounding hides what the sum is. */
const hours = (minutes: number) => Math.round((minutes / 60) * 100) / 100
const hoursText = (minutes: number) => hours(minutes).toLocaleString('en-GB', { signDisplay: 'negative' })
const signed = (minutes: number) => hours(minutes).toLocaleString('en-GB', { signDisplay: 'exceptZero' })

async function organisationsOf(entries: readonly LedgerEntry[], reader: SignedInPerson, { organisations }: Directories) {
  const ids = [...new Set(entries.flatMap(({ sides }) => sides.map(({ organisationId }) => organisationId)))]
  const found = ids.length === 0 ? [] : await organisations.named({ ids }, reader)
  const names = new Map(found.map(({ _id, name }) => [_id, name]))
  return (id: string | undefined) => names.get(id ?? '') ?? 'An organisation that is not here any more'
}

/** Everything that views/pooling/ledger/ledger prints. */
export async function presentLedger(entries: readonly LedgerEntry[], person: SignedInPerson, services: Directories) {
  const nameOf = await organisationsOf(entries, person, services)
  const balances = balancesOf(entries)
  const chart = (title: string, of: 'lent' | 'borrowed') => ({
    title,
    caption: `${title}, by organisation`,
    bars: [...balances]
      .sort((a, b) => b[of] - a[of])
      .filter(balance => balance[of] > 0)
      .map(balance => ({ text: nameOf(balance.organisationId), count: hours(balance[of]) })),
  })
  const numeric = (text: string) => ({ text, format: 'numeric' })
  return {
    title: 'Ledger of hours lent and borrowed',
    charts: [chart('Hours lent', 'lent'), chart('Hours borrowed', 'borrowed')],
    table: {
      caption: 'Balance by organisation, in hours',
      head: [{ text: 'Organisation' }, ...['Lent', 'Borrowed', 'Balance'].map(numeric)],
      rows: balances.map(({ organisationId, lent, borrowed, balance }) => [
        { text: nameOf(organisationId) },
        ...[hoursText(lent), hoursText(borrowed), signed(balance)].map(numeric),
      ]),
    },
    total: entries.length,
    mostShown,
    entries: entries.slice(0, mostShown).map(({ loanId, sides, at, reason }) => ({
      text: `${nameOf(sides[0]?.organisationId)} to ${nameOf(sides[1]?.organisationId)}: ${signed(sides[0]?.minutes ?? 0)} hours`,
      href: `/loans/${loanId}`,
      at: longDate(at),
      reason,
    })),
    csvHref: '/loans/ledger.csv',
  }
}

/** Each side on a line of its own, so that the column of hours sums to zero. */
export async function ledgerTable(entries: readonly LedgerEntry[], person: SignedInPerson, services: Directories): Promise<string> {
  const nameOf = await organisationsOf(entries, person, services)
  const lines = entries.flatMap(({ loanId, sides, at, reason = '' }) =>
    sides.map(({ organisationId, minutes }, place) =>
      csvLine([localDate(at), loanId, nameOf(organisationId), nameOf(sides[1 - place]?.organisationId), hours(minutes), reason]),
    ),
  )
  return [csvLine(['Date', 'Loan', 'Organisation', 'Other organisation', 'Hours', 'Reason of a correction']), ...lines].join('')
}

interface Opened {
  loan: Loan
  entries: readonly LedgerEntry[]
  typed?: Record<string, unknown>
  errors?: Problems
}

/** Everything that views/pooling/ledger/correction prints. */
export async function presentCorrection({ loan, entries, typed = {}, errors = {} }: Opened, person: SignedInPerson, services: Directories) {
  const [named] = (await namedLoans([loan], person, services)) as [NamedLoan]
  return {
    title: 'Correct the ledger',
    loanTitle: named.title,
    loanHref: loanHref(loan),
    action: `${loanHref(loan)}/correction`,
    standing: hoursText(minutesOf(entries, loan.homeOrganisationId)),
    typed: { hours: String(typed.hours ?? ''), reason: String(typed.reason ?? '') },
    errors,
  }
}
