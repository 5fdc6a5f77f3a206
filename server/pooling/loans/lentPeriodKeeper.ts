import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { LocalDate } from '../../people/absence.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { LentPeriod, LentPeriods } from './lentPeriodModel.ts'
import type { Loan } from './loanModel.ts'

type Days = Pick<LentPeriod, 'from' | 'until'>

const mostTries = 20
const overlaps = (one: Days, other: Days) => one.from <= other.until && other.from <= one.until

const holding: readonly Loan['state'][] = [
  'consented by the person',
  'consented by the home organisation',
  'agreed',
  'running',
  'extension asked',
  'extension consented by the person',
  'extension consented by the home organisation',
]

/** The days for which a loan holds its person, from their own consent on. */
export function daysHeld({ state, from, until, extension }: Pick<Loan, 'state' | 'from' | 'until' | 'extension'>): Days | undefined {
  if (!holding.includes(state)) return undefined
  return { from, until: extension !== undefined && state.startsWith('extension consented') ? extension.until : until }
}

/** Nobody is lent twice on one day: each change reads the one record of the person, and holds only while that is as it was read. */
export class LentPeriodKeeper {
  private readonly lentPeriods: Models['lentPeriods']

  constructor(models: Pick<Models, 'lentPeriods'>) {
    this.lentPeriods = models.lentPeriods
  }

  /** Whether another loan than this holds the person on one of these days. */
  async isHeld(personId: string, days: Days, loanId?: string): Promise<boolean> {
    const kept = await this.lentPeriods.findOne({ _id: personId }).lean<LentPeriods>()
    return (kept?.periods ?? []).some(period => period.loanId !== loanId && overlaps(period, days))
  }

  /** @returns whether the days were free @param revision  that the loan will have */
  async hold({ _id: loanId, personId }: Pick<Loan, '_id' | 'personId'>, days: Days, revision: number): Promise<boolean> {
    return this.change(personId, periods => {
      const others = periods.filter(period => period.loanId !== loanId)
      return others.some(period => overlaps(period, days)) ? undefined : [...others, { loanId, ...days, loanRevision: revision }]
    })
  }

  /** What is held is what the loan says by now. Safe to repeat. */
  async keepInStep(loan: Loan): Promise<void> {
    const days = daysHeld(loan)
    await this.change(loan.personId, periods => {
      const own = periods.find(({ loanId }) => loanId === loan._id)
      if (own === undefined || own.loanRevision > loan.revision || (own.from === days?.from && own.until === days.until)) return undefined
      const others = periods.filter(period => period !== own)
      return days === undefined ? others : [...others, { ...own, ...days, loanRevision: loan.revision }]
    })
  }

  /** Everybody who is lent after this day, or was to be. */
  async loanIdsAfter(day: LocalDate): Promise<string[]> {
    const kept = await this.lentPeriods.find({ 'periods.until': { $gte: day } }).lean<LentPeriods[]>()
    return kept.flatMap(({ periods }) => periods.map(({ loanId }) => loanId))
  }

  private async change(personId: string, changed: (periods: readonly LentPeriod[]) => LentPeriod[] | undefined): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries++) {
      const kept = await this.lentPeriods.findOne({ _id: personId }).lean<LentPeriods>()
      const periods = changed(kept?.periods ?? [])
      if (periods === undefined) return false
      if (await this.write(personId, kept, periods)) return true
    }
    throw new Conflict('Several loans of this person are being changed just now. Try again in a moment.')
  }

  private async write(personId: string, kept: LentPeriods | null, periods: LentPeriod[]): Promise<boolean> {
    if (kept !== null) {
      const change = { $set: { periods }, $inc: { revision: 1 } }
      return (await this.lentPeriods.updateOne({ _id: personId, revision: kept.revision }, change)).matchedCount === 1
    }
    try {
      await this.lentPeriods.insertMany([{ _id: personId, periods, revision: 1 }], { lean: true })
      return true
    } catch (error) {
      if (!isTaken(error)) throw error
      return false
    }
  }
}
