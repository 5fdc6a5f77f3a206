import type { QueryFilter, UpdateQuery } from 'mongoose'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { LocalDate } from '../../people/absence.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { LentPeriodKeeper } from './lentPeriodKeeper.ts'
import type { Extension, Loan, LoanChange } from './loanModel.ts'
import type { LoanNews } from './loanNews.ts'
import { type LoanStep, loanTransitions, type Role } from './loanTransitions.ts'

interface Collaborators {
  lentPeriods: LentPeriodKeeper
  ledger: Ledger
  loanNews: LoanNews
  clock: Clock
}

export interface TakenStep {
  /** Absent when time does it. */
  byId?: string
  role: Role
  reason?: string
  /** What changes with it. */
  fields?: Partial<Pick<Loan, 'lineManagerId' | 'lentHours' | 'readers'>>
  /** What is asked for with "ask to extend". */
  extension?: { until: LocalDate; amount: number }
}

/** Takes loans from one state to the next: in one write that holds only while the loan is as it was read. */
export class LoanSteps {
  private readonly loans: Models['loans']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'loans'>, collaborators: Collaborators) {
    this.loans = models.loans
    this.with = collaborators
  }

  /** Whether it may be taken is for the caller to know. @returns the loan as it is then, or undefined when somebody was faster */
  async apply(loan: Loan, step: LoanStep, taken: TakenStep): Promise<Loan | undefined> {
    const changed = await this.write(loan, step, taken)
    if (changed === undefined) {
      const current = await this.loans.findOne({ _id: loan._id }).asSystem('what is held for a loan follows its state').lean<Loan>()
      if (current !== null) await this.with.lentPeriods.keepInStep(current)
      return undefined
    }
    await this.with.lentPeriods.keepInStep(changed)
    if (changed.ledgerDue) await this.settle(changed)
    await this.with.loanNews.changed(changed)
    return changed
  }

  /** What ended comes to stand in the ledger, once. */
  async settle(loan: Loan): Promise<void> {
    await this.with.ledger.write(loan, loan.updatedAt)
    await this.loans.updateOne({ _id: loan._id }, { $unset: { ledgerDue: 1 } })
  }

  private async write(loan: Loan, step: LoanStep, taken: TakenStep): Promise<Loan | undefined> {
    const asItWas: QueryFilter<Loan> = { _id: loan._id, state: loan.state, revision: loan.revision }
    const changed = this.loans.findOneAndUpdate(asItWas, this.changeOf(loan, step, taken), {
      returnDocument: 'after',
      runValidators: false,
    })
    return (await changed.lean<Loan>()) ?? undefined
  }

  private changeOf(loan: Loan, step: LoanStep, taken: TakenStep): UpdateQuery<Loan> {
    const at = this.with.clock.now()
    const { to, consentOf } = loanTransitions[step]
    const { byId, role, reason, extension } = taken
    const change: LoanChange = {
      ...{ step, from: loan.state, to, role, at },
      ...(byId === undefined ? {} : { byId }),
      ...(reason === undefined ? {} : { reason }),
      ...(extension === undefined ? {} : { until: extension.until }),
    }
    const consent = consentOf === undefined || byId === undefined ? undefined : { party: consentOf, byId, at }
    const round = loan.state.startsWith('extension') ? 'extension.consents' : 'consents'
    const isExtended = step === 'borrower consents to extension' && loan.extension !== undefined
    const asked: Extension | undefined = extension && byId !== undefined ? { ...extension, askedById: byId, consents: [] } : undefined
    return {
      $set: {
        ...{ state: to, updatedAt: at, ...taken.fields },
        ...(asked === undefined ? {} : { extension: asked }),
        ...(isExtended ? { until: loan.extension!.until, amount: loan.amount + loan.extension!.amount } : {}),
        ...(to === 'ended' ? { ledgerDue: true as const } : {}),
      },
      ...(loan.extension !== undefined && !to.startsWith('extension') ? { $unset: { extension: 1 as const } } : {}),
      $push: {
        changes: change,
        ...(consent === undefined || isExtended ? {} : { [round]: consent }),
      },
      $inc: { revision: 1 },
    } as UpdateQuery<Loan>
  }
}
