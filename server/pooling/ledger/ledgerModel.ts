import type { Connection } from 'mongoose'
import { readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'

export interface LedgerSide {
  organisationId: string
  /** Lent is more than none, borrowed less. */
  minutes: number
}

/** Hours that one organisation lent to another: both sides stand in one record, so that all of them together are none. It is never changed. */
export interface LedgerEntry extends Readable {
  loanId: string
  sides: LedgerSide[]
  at: Date
  /** Of a counter-entry: who made it, and why. */
  byId?: string
  reason?: string
}

export const bothSides = (lenderId: string, borrowerId: string, minutes: number): LedgerSide[] => [
  { organisationId: lenderId, minutes },
  { organisationId: borrowerId, minutes: -minutes },
]

export const ledgerModel = (connection: Connection) =>
  readableModel<LedgerEntry>(connection, {
    collection: 'ledgerEntries',
    fields: {
      loanId: { type: String, required: true },
      sides: [{ _id: false, organisationId: { type: String, required: true }, minutes: { type: Number, required: true } }],
      at: { type: Date, required: true },
      byId: String,
      reason: String,
    },
    indexes: [[{ loanId: 1 }], [{ at: -1 }], [{ 'sides.organisationId': 1 }]],
  })
