import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { localDate } from '../../people/absence.ts'
import { daysBetween, minutesLent } from './loanDays.ts'
import { type Loan, readersOfLoan } from './loanModel.ts'
import type { LoanSteps } from './loanSteps.ts'
import type { LoanTerms } from './loanTerms.ts'
import { isOver, loanStates, loanTransitions } from './loanTransitions.ts'

const reason = 'the loans of somebody who leaves are settled'
const open = loanStates.filter(state => !isOver(state))
const mostTries = 10

interface Collaborators {
  loanSteps: LoanSteps
  loanTerms: LoanTerms
  clock: Clock
}

/** What becomes of loans when somebody leaves. Safe to repeat. */
export class LoanLeaving {
  private readonly loans: Models['loans']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'loans'>, collaborators: Collaborators) {
    this.loans = models.loans
    this.with = collaborators
  }

  async leave(personId: string): Promise<void> {
    for (let tries = 0; tries < mostTries; tries++) {
      const own = await this.loans
        .find({ personId, state: { $in: open } })
        .asSystem(reason)
        .lean<Loan[]>()
      if (own.length === 0) break
      for (const loan of own) await this.close(loan)
    }
    const managed = this.loans.find({ lineManagerId: personId, state: { $in: open } }).asSystem(reason)
    for (const loan of await managed.lean<Loan[]>()) await this.withoutManager(loan)
  }

  /** One that runs ends with the part of its hours that has passed. */
  private async close(loan: Loan): Promise<void> {
    if (!loanTransitions.end.from.includes(loan.state)) {
      await this.with.loanSteps.apply(loan, 'lapse', { role: 'time' })
      return
    }
    const today = localDate(this.with.clock.now())
    const passed = Math.min(1, Math.max(0, daysBetween(loan.from, today)) / daysBetween(loan.from, loan.until))
    const lentHours = Math.round((minutesLent(loan) / 60) * passed * 100) / 100
    await this.with.loanSteps.apply(loan, 'end', { role: 'time', fields: { lentHours } })
  }

  /** From now on the administrators of the home organisation decide alone. */
  private async withoutManager(loan: Loan): Promise<void> {
    const { lineManagerId, ...left } = loan
    const change = { $unset: { lineManagerId: 1 as const }, $set: { readers: readersOfLoan(left) }, $inc: { revision: 1 } }
    const changed = await this.loans.updateOne({ _id: loan._id, lineManagerId, revision: loan.revision } as object, change)
    if (changed.matchedCount === 1) await this.with.loanTerms.readAnew(left)
  }
}
