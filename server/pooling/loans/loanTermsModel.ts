import type { Connection } from 'mongoose'
import { readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'

export const costRules = ['free', 'recharge', 'exchange'] as const
export type CostRule = (typeof costRules)[number]

/** What a loan costs: has the loan's id, and other readers than the loan. */
export interface LoanCost extends Readable {
  rule: CostRule
  /** The rate, or what is given in exchange. */
  detail?: string
}

/** What a line manager or administrator of the home organisation says of a loan, for their own organisation alone. */
export interface LoanComment extends Readable {
  loanId: string
  byId: string
  at: Date
  text: string
}

export const loanCostModel = (connection: Connection) =>
  readableModel<LoanCost>(connection, {
    collection: 'loanCosts',
    fields: { rule: { type: String, enum: costRules, required: true }, detail: String },
  })

export const loanCommentModel = (connection: Connection) =>
  readableModel<LoanComment>(connection, {
    collection: 'loanComments',
    fields: {
      loanId: { type: String, required: true },
      byId: { type: String, required: true },
      at: { type: Date, required: true },
      text: { type: String, required: true },
    },
    indexes: [[{ loanId: 1 }], [{ byId: 1 }]],
  })
