import type { Connection } from 'mongoose'
import { searchableModel } from '../storage/defineModel.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { type ActionState, actionStates } from './actionStates.ts'

export interface ActionChange {
  from: ActionState
  to: ActionState
  /** Absent when an import brought it. */
  byId?: string
  at: Date
  reason?: string
}

/** Where an action or a decision comes from. It is read by those who read that. */
export interface Source {
  dayId: string
  /** The priority of the day that it serves. */
  priorityId?: string
}

/** What somebody has to do, until it is done or dropped. */
export interface Action extends SearchableRecord {
  title: string
  /** Absent when whoever had it left. */
  ownerId?: string
  organisationId: string
  /** "2026-03-31" */
  due?: string
  state: ActionState
  changes: ActionChange[]
  /** What shows that it is done: words, or the address of what came of it. */
  proof?: string
  /** The owner of what is done: whom it speaks for. */
  doneByIds: string[]
  source: Source
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

/** What was agreed, why, by whom, and when it is looked at again. */
export interface Decision extends SearchableRecord {
  title: string
  why: string
  /** Organisations. */
  agreedByIds: string[]
  /** "2026-03-31" */
  reviewOn?: string
  source: Source
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

const source = { type: { dayId: String, priorityId: String }, _id: false, required: true }
const dated = { createdAt: { type: Date, required: true }, updatedAt: { type: Date, required: true }, sourceId: String }
const bySource = [[{ 'source.dayId': 1 }], [{ sourceId: 1 }]] as const

export const programmeModels = (connection: Connection) => ({
  actions: searchableModel<Action>(connection, {
    collection: 'actions',
    fields: {
      title: { type: String, required: true },
      ownerId: String,
      organisationId: { type: String, required: true },
      due: String,
      state: { type: String, enum: actionStates, required: true },
      changes: [{ from: String, to: String, byId: String, at: Date, reason: String, _id: false }],
      proof: String,
      doneByIds: [String],
      source,
      ...dated,
    },
    indexes: [...bySource, [{ ownerId: 1, state: 1 }], [{ state: 1, due: 1 }], [{ doneByIds: 1 }]],
  }),
  decisions: searchableModel<Decision>(connection, {
    collection: 'decisions',
    fields: { title: { type: String, required: true }, why: String, agreedByIds: [String], reviewOn: String, source, ...dated },
    indexes: [...bySource],
  }),
})
