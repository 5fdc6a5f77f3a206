import { ownAdministratorsToken, personToken, type Reader } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { type Loan, readersOfCost } from './loanModel.ts'
import type { LoanComment, LoanCost } from './loanTermsModel.ts'

/** What of a loan has other readers than the loan: its cost rule, and what the home organisation says among itself. */
export class LoanTerms {
  private readonly costs: Models['loanCosts']
  private readonly comments: Models['loanComments']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'loanCosts' | 'loanComments'>, clock: Clock) {
    this.costs = models.loanCosts
    this.comments = models.loanComments
    this.clock = clock
  }

  /** The terms come before the loan: one without a loan is seen by nobody. Safe to repeat. */
  async setCost(loan: Loan, cost: Pick<LoanCost, 'rule' | 'detail'>): Promise<void> {
    try {
      await this.costs.insertMany([{ _id: loan._id, readers: readersOfCost(loan), ...cost }], { lean: true })
    } catch (error) {
      if (!isTaken(error)) throw error
    }
  }

  /** For when somebody else answers for the person. */
  async readAnew(loan: Loan): Promise<void> {
    await this.costs.updateOne({ _id: loan._id }, { $set: { readers: readersOfCost(loan) } })
  }

  async cost(reader: Reader, loanId: string): Promise<LoanCost | undefined> {
    return (await this.costs.findOne({ _id: loanId }).readableBy(reader).lean<LoanCost>()) ?? undefined
  }

  /** Read by whoever wrote it and the administrators of the home organisation, never by the person who is lent. */
  async comment({ _id: loanId, homeOrganisationId }: Loan, byId: string, text: string): Promise<void> {
    const readers = [personToken(byId), ownAdministratorsToken(homeOrganisationId)]
    await this.comments.insertMany([{ _id: newId(), loanId, readers, byId, at: this.clock.now(), text }], { lean: true })
  }

  /** The oldest first. */
  async commentsOn(reader: Reader, { _id, personId }: Loan): Promise<LoanComment[]> {
    if (reader.tokens.includes(personToken(personId))) return []
    return this.comments.find({ loanId: _id }).readableBy(reader).sort({ at: 1 }).lean<LoanComment[]>()
  }
}
