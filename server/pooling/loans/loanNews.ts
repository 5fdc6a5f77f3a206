import { partnershipToken } from '../../access/accessTokens.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { PersonService } from '../../people/personService.ts'
import type { Loan } from './loanModel.ts'
import { awaited, consentsOfRound, type Party } from './loanTransitions.ts'

export const consentKind = 'loan-consent'
export const changedKind = 'loan-changed'

/** Tells whose consent is asked, and those whom a loan concerns what became of it. */
export class LoanNews {
  private readonly notifications: Notifications
  private readonly people: PersonService

  constructor({ notifications, people }: { notifications: Notifications; people: PersonService }) {
    this.notifications = notifications
    this.people = people
  }

  /** Of the last change of a loan. Safe to repeat. */
  async changed(loan: Loan): Promise<void> {
    const last = loan.changes.at(-1)
    if (last === undefined) return
    const party = awaited(loan.state)
    const asked = party === undefined ? [] : await this.answering(loan, party)
    const event = `${loan._id} ${loan.changes.length}`
    const news = { event, subjectId: loan._id, ...(last.byId === undefined ? {} : { byId: last.byId }) }
    await this.notifications.tell({ ...news, kind: consentKind, to: asked })
    const concerned = concernedBy(loan).filter(id => !asked.includes(id))
    await this.notifications.tell({ ...news, kind: changedKind, to: concerned, facts: { step: last.step } })
  }

  private async answering(loan: Loan, party: Party): Promise<string[]> {
    if (party === 'person') return [loan.personId]
    const administrators = await this.administratorsOf(party === 'home' ? loan.homeOrganisationId : loan.borrowingOrganisationId)
    const named = party === 'home' ? loan.lineManagerId : loan.askerAnswers ? loan.askedById : undefined
    const done = consentsOfRound(loan).map(({ byId }) => byId)
    const all = [...administrators, ...(named === undefined ? [] : [named])]
    return [...new Set(all)].filter(id => id !== loan.personId && !done.includes(id))
  }

  /** Those of the organisation itself; where there is none, those of the partnership. */
  private async administratorsOf(organisationId: string): Promise<string[]> {
    const ids = await this.people.accountKeepers({ organisationId, roles: [] })
    const keepers = await this.people.named({ ids }, { tokens: [partnershipToken] })
    const own = keepers.filter(keeper => keeper.organisationId === organisationId)
    return (own.length > 0 ? own : keepers).map(({ _id }) => _id)
  }
}

function concernedBy({ personId, askedById, lineManagerId, consents }: Loan): string[] {
  return [...new Set([personId, askedById, ...(lineManagerId === undefined ? [] : [lineManagerId]), ...consents.map(({ byId }) => byId)])]
}
