import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { JobServices } from '../../feature.ts'
import type { Notice, NotificationKind, Told } from '../../notifications/notificationKind.ts'
import type { Loan, LoanChange } from './loanModel.ts'
import { loanHref, type NamedLoan, namedLoans } from './loanNames.ts'
import { changedKind, consentKind } from './loanNews.ts'
import { changeNames } from './loanPresenter.ts'
import { consentAwaitedFrom } from './loanRoles.ts'

type Needed = Pick<JobServices, 'loans' | 'bylines' | 'organisations'>
type Saying = (loan: Loan, named: NamedLoan, notice: Notice, reader: SignedInPerson) => { words: string; subject: string } | undefined

/** Each says something as long as its reader may read the loan and it is still so. What it is for and what it costs is in no mail. */
export function loanNotifications(services: Needed): NotificationKind[] {
  const presenting = (say: Saying) => async (reader: SignedInPerson, notices: readonly Notice[]) => {
    const loans = await services.loans.named(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const named = await namedLoans(loans, reader, services)
    const byId = new Map(loans.map((loan, place) => [loan._id, { loan, named: named[place] as NamedLoan }]))
    return new Map(
      notices.flatMap((notice): [string, Told][] => {
        const found = byId.get(notice.subjectId)
        const told = found === undefined ? undefined : say(found.loan, found.named, notice, reader)
        if (found === undefined || told === undefined) return []
        return [[notice._id, { words: told.words, href: loanHref(found.loan), mail: told }]]
      }),
    )
  }
  return [
    { id: consentKind, title: 'A loan waits for your consent', usually: 'now', onlyNewest: true, present: presenting(waiting) },
    { id: changedKind, title: 'A loan that concerns you changes', usually: 'now', present: presenting(changed) },
  ]
}

const waiting: Saying = (loan, { title }, _notice, reader) =>
  consentAwaitedFrom(reader, loan) === undefined
    ? undefined
    : { words: `A loan waits for your consent: ${title}`, subject: 'A loan waits for your consent' }

const changed: Saying = (_loan, { title }, { facts }) => {
  const name = changeNames[String(facts?.step) as LoanChange['step']]
  return name === undefined ? undefined : { words: `Loan of ${title}: ${name}`, subject: `Loan: ${name}` }
}
