import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { minutesLent } from '../loans/loanDays.ts'
import type { Loan } from '../loans/loanModel.ts'
import { bothSides, type LedgerEntry } from './ledgerModel.ts'

const mostEntries = 20_000

/** The hours that organisations lent each other: written when a loan ends, and put right by counter-entries alone. */
export class Ledger {
  private readonly entries: Models['ledgerEntries']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'ledgerEntries'>, clock: Clock) {
    this.entries = models.ledgerEntries
    this.clock = clock
  }

  /** Has the loan's id, so that there is one of each, however often and by however many it is written. */
  async write(loan: Loan, at: Date): Promise<void> {
    const { _id, readers, homeOrganisationId, borrowingOrganisationId } = loan
    const sides = bothSides(homeOrganisationId, borrowingOrganisationId, minutesLent(loan))
    await this.insert({ _id, readers, loanId: _id, sides, at })
  }

  /** What this reader may know of, the newest first. @param within  left out, all of it */
  async list(reader: Reader, within?: { since: Date; before: Date }): Promise<LedgerEntry[]> {
    const wanted = within === undefined ? {} : { at: { $gte: within.since, $lt: within.before } }
    return this.entries.find(wanted).readableBy(reader).sort({ at: -1, _id: -1 }).limit(mostEntries).lean<LedgerEntry[]>()
  }

  async ofLoan(reader: Reader, loanId: string): Promise<LedgerEntry[]> {
    return this.entries.find({ loanId }).readableBy(reader).sort({ at: 1 }).lean<LedgerEntry[]>()
  }

  /** The difference to what stands there, as an entry of its own. @throws Conflict when somebody corrects it at the same moment */
  async correct(person: SignedInPerson, loan: Loan, { hours, reason }: { hours: number; reason: string }): Promise<void> {
    if (!may(person, { verb: 'correct ledger' })) throw new Forbidden('Only administrators of the partnership correct the ledger.')
    const entries = await this.ofLoan(person, loan._id)
    if (entries.length === 0) throw new Conflict('This loan does not stand in the ledger yet: it is written when the loan has ended.')
    const minutes = Math.round(hours * 60) - minutesOf(entries, loan.homeOrganisationId)
    if (minutes === 0) throw new Invalid({ hours: 'These are the hours that stand in the ledger. Enter what they should be' })
    const sides = bothSides(loan.homeOrganisationId, loan.borrowingOrganisationId, minutes)
    const counter = { _id: `${loan._id}-${entries.length}`, readers: loan.readers, loanId: loan._id, sides, at: this.clock.now() }
    if (!(await this.insert({ ...counter, byId: person.id, reason })))
      throw new Conflict('Somebody corrected this loan at the same moment. Look at the ledger again.')
  }

  private async insert(entry: LedgerEntry): Promise<boolean> {
    try {
      await this.entries.insertMany([entry], { lean: true })
      return true
    } catch (error) {
      if (!isTaken(error)) throw error
      return false
    }
  }
}

/** What an organisation lent, less what it borrowed. */
export const minutesOf = (entries: readonly LedgerEntry[], organisationId: string): number =>
  entries
    .flatMap(({ sides }) => sides)
    .filter(side => side.organisationId === organisationId)
    .reduce((sum, { minutes }) => sum + minutes, 0)
