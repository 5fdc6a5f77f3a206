import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { type LocalDate, localDate } from '../../people/absence.ts'
import type { LentPeriodKeeper } from './lentPeriodKeeper.ts'
import type { Loan } from './loanModel.ts'
import type { LoanSteps } from './loanSteps.ts'
import { type LoanState, type LoanStep, loanTransitions, parties, statesAwaiting } from './loanTransitions.ts'

const reason = 'loans begin and end at their days, whoever looks'
const atOnce = 200

interface Collaborators {
  loanSteps: LoanSteps
  lentPeriods: LentPeriodKeeper
  clock: Clock
}

export interface DueTally {
  started: number
  ended: number
  lapsed: number
}

/** What time does to loans: each once, by whichever process comes first. */
export class DueLoans {
  private readonly loans: Models['loans']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'loans'>, collaborators: Collaborators) {
    this.loans = models.loans
    this.with = collaborators
  }

  async fallDue(reached: (done: number) => void): Promise<DueTally> {
    const today = localDate(this.with.clock.now())
    const started = await this.each('start', { from: { $lte: today } }, reached)
    const ended = await this.each('end', { until: { $lt: today } }, reached)
    const waiting = parties.flatMap(statesAwaiting).filter(state => !state.startsWith('extension'))
    const lapsed = await this.each('lapse', { until: { $lt: today } }, reached, waiting)
    await this.complete(today)
    return { started, ended, lapsed }
  }

  private async each(
    step: LoanStep,
    due: object,
    reached: (done: number) => void,
    from: readonly LoanState[] = loanTransitions[step].from,
  ): Promise<number> {
    let done = 0
    for (let after = ''; ; ) {
      const loans = await this.loans
        .find({ ...due, state: { $in: [...from] }, _id: { $gt: after } })
        .asSystem(reason)
        .sort({ _id: 1 })
        .limit(atOnce)
        .lean<Loan[]>()
      for (const loan of loans) {
        if ((await this.with.loanSteps.apply(loan, step, { role: 'time' })) !== undefined) done += 1
        reached(done)
      }
      if (loans.length < atOnce) return done
      after = loans.at(-1)?._id ?? ''
    }
  }

  /** What a process that was ended in between left undone. */
  private async complete(today: LocalDate): Promise<void> {
    for (const loan of await this.loans.find({ ledgerDue: true }).asSystem(reason).limit(atOnce).lean<Loan[]>())
      await this.with.loanSteps.settle(loan)
    const held = await this.with.lentPeriods.loanIdsAfter(today)
    for (const loan of await this.loans
      .find({ _id: { $in: held } })
      .asSystem(reason)
      .lean<Loan[]>())
      await this.with.lentPeriods.keepInStep(loan)
  }
}
