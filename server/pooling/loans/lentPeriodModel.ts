import type { Connection } from 'mongoose'
import type { LocalDate } from '../../people/absence.ts'
import { internalModel } from '../../storage/defineModel.ts'

export interface LentPeriod {
  loanId: string
  from: LocalDate
  until: LocalDate
  /** Of the loan, for which it holds: an older one does not take its place. */
  loanRevision: number
}

/** All periods in which somebody is lent stand in one record, so that no two of them overlap. It has the person's id. */
export interface LentPeriods {
  _id: string
  periods: LentPeriod[]
  revision: number
}

export const lentPeriodModel = (connection: Connection) =>
  internalModel<LentPeriods>(connection, {
    collection: 'lentPeriods',
    fields: {
      periods: [{ _id: false, loanId: String, from: String, until: String, loanRevision: Number }],
      revision: { type: Number, required: true },
    },
  })
