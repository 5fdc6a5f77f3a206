import type { Connection } from 'mongoose'
import { administratorsToken, ownAdministratorsToken, personToken } from '../../access/accessTokens.ts'
import type { LocalDate } from '../../people/absence.ts'
import { readableModel } from '../../storage/defineModel.ts'
import type { Readable } from '../../storage/guardedReads.ts'
import { type GivenConsent, type LoanState, type LoanStep, loanStates, parties, type Role } from './loanTransitions.ts'

export const units = ['hours', 'days'] as const
export type Unit = (typeof units)[number]

/** What happened to a loan, when and through whom. */
export interface LoanChange {
  step: LoanStep | 'propose'
  from?: LoanState
  to: LoanState
  /** Absent when time did it. */
  byId?: string
  role: Role
  at: Date
  reason?: string
  /** Of an extension. */
  until?: LocalDate
}

export interface Extension {
  until: LocalDate
  /** Further hours or days, as the loan counts them. */
  amount: number
  askedById: string
  consents: GivenConsent[]
}

/** Somebody works for another organisation for a time. What it costs, and what line managers say of it, are records of their own with fewer readers. */
export interface Loan extends Readable {
  personId: string
  homeOrganisationId: string
  borrowingOrganisationId: string
  askedById: string
  /** Whether whoever asked may consent for the borrowing organisation. */
  askerAnswers?: true
  /** Named by the person who is lent. */
  lineManagerId?: string
  purpose: string
  amount: number
  unit: Unit
  from: LocalDate
  until: LocalDate
  state: LoanState
  /** Raised with each change: two people at once compare it. */
  revision: number
  consents: GivenConsent[]
  extension?: Extension
  changes: LoanChange[]
  /** Of one that ended early: what was lent until then. */
  lentHours?: number
  /** It has ended and does not stand in the ledger yet. */
  ledgerDue?: true
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

type Concerned = Pick<Loan, 'personId' | 'lineManagerId' | 'askedById' | 'homeOrganisationId' | 'borrowingOrganisationId'>

/** Those who may have to consent for one of the organisations. */
const answering = ({ homeOrganisationId, borrowingOrganisationId }: Concerned) => [
  administratorsToken,
  ownAdministratorsToken(homeOrganisationId),
  ownAdministratorsToken(borrowingOrganisationId),
]

const manager = ({ lineManagerId }: Pick<Loan, 'lineManagerId'>) => (lineManagerId === undefined ? [] : [personToken(lineManagerId)])

export const readersOfLoan = (loan: Concerned): string[] => [
  ...new Set([personToken(loan.personId), ...manager(loan), personToken(loan.askedById), ...answering(loan)]),
]

/** Whoever is lent does not read what they cost. */
export const readersOfCost = (loan: Concerned): string[] =>
  [...new Set([...manager(loan), personToken(loan.askedById), ...answering(loan)])].filter(token => token !== personToken(loan.personId))

const consents = [{ _id: false, party: { type: String, enum: parties }, byId: String, at: Date }]

export const loanModel = (connection: Connection) =>
  readableModel<Loan>(connection, {
    collection: 'loans',
    fields: {
      personId: { type: String, required: true },
      homeOrganisationId: { type: String, required: true },
      borrowingOrganisationId: { type: String, required: true },
      askedById: { type: String, required: true },
      askerAnswers: Boolean,
      lineManagerId: String,
      purpose: { type: String, required: true },
      amount: { type: Number, required: true },
      unit: { type: String, enum: units, required: true },
      from: { type: String, required: true },
      until: { type: String, required: true },
      state: { type: String, enum: loanStates, required: true },
      revision: { type: Number, required: true },
      consents,
      extension: { type: { until: String, amount: Number, askedById: String, consents }, _id: false },
      changes: [
        { _id: false, step: String, from: String, to: String, byId: String, role: String, at: Date, reason: String, until: String },
      ],
      lentHours: Number,
      ledgerDue: Boolean,
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      sourceId: String,
    },
    indexes: [
      [{ personId: 1 }],
      [{ lineManagerId: 1 }],
      [{ askedById: 1 }],
      [{ state: 1, from: 1 }],
      [{ updatedAt: -1 }],
      [{ sourceId: 1 }],
      [{ ledgerDue: 1 }, { partialFilterExpression: { ledgerDue: { $exists: true } } }],
    ],
  })
