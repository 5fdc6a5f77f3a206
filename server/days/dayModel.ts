import type { Connection } from 'mongoose'
import { readersOf } from '../access/readers.ts'
import { searchableModel } from '../storage/defineModel.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { type DayState, dayStates } from './dayStates.ts'

export const dayVisibilities = ['partnership', 'organisation', 'chosen'] as const
export type DayVisibility = (typeof dayVisibilities)[number]

/** A time of the day's date in the partnership's zone: "09:30". */
export type LocalTime = string

export interface Session {
  id: string
  title: string
  about?: string
  /** A room or a stream: sessions of one time in different tracks run beside each other. */
  track?: string
  start: LocalTime
  end: LocalTime
  speakerIds: string[]
  /** Ids of articles. */
  reading: string[]
  skillIds: string[]
}

/** What is to be done first; counted once the vote on it is closed. */
export interface Priority {
  id: string
  text: string
  dots?: number
  byOrganisation?: { organisationId: string; dots: number }[]
}

/** Those of the first places come, the others wait in this order. */
export interface Registration {
  personId: string
  organisationId: string
  at: Date
}

export interface Venue {
  name: string
  /** How to get there and in. */
  access?: string
  mapUrl?: string
}

export interface StateChange {
  from: DayState
  to: DayState
  byId: string
  at: Date
}

/** A partnership day. It holds its registrations, so that one atomic write decides who has a place. */
export interface Day extends SearchableRecord {
  title: string
  /** Markdown. */
  purpose: string
  /** "2026-11-26", in the partnership's zone. */
  date: string
  start: LocalTime
  end: LocalTime
  startsAt: Date
  endsAt: Date
  venue?: Venue
  callUrl?: string
  organisationId: string
  hostIds: string[]
  /** Left out, as many as come. */
  capacity?: number
  visibility: DayVisibility
  chosenOrganisationIds: string[]
  state: DayState
  changes: StateChange[]
  sessions: Session[]
  registrations: Registration[]
  /** Who said that they do not come. */
  declinedIds: string[]
  priorities: Priority[]
  /** How many dots each has to give. */
  vote?: { dots: number; state: 'open' | 'closed' }
  /** The day before it in its series: what that left to be done is carried over. */
  previousId?: string
  /** How many came from where, when it was counted at the day; left out, those who have a place. */
  attendance?: { organisationId: string; people: number }[]
  /** The version that was approved last, and all approvals. */
  minutes?: { number: number; text: string; approvals: MinutesApproval[] }
  /** Counts the saves of what is planned; two people editing compare it. */
  revision: number
  /** Counts the changes of who registered: each may move somebody up. */
  registrationRevision?: number
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

/** Which version, by whom and when. */
export interface MinutesApproval {
  number: number
  byId: string
  at: Date
}

type Shared = Pick<Day, 'hostIds' | 'organisationId' | 'visibility' | 'chosenOrganisationIds' | 'state'>

/** A draft is read by its hosts and the editors of its organisation; what was published stays readable when it is cancelled. */
export const readersOfDay = ({ hostIds, state, ...day }: Shared): string[] =>
  readersOf({ ...day, authorIds: hostIds, owner: { personId: hostIds[0] ?? '' }, state: state === 'draft' ? 'draft' : 'published' })

const session = {
  ...{ id: String, title: String, about: String, track: String, start: String, end: String },
  ...{ speakerIds: [String], reading: [String], skillIds: [String], _id: false },
}

const approval = { number: Number, byId: String, at: Date, _id: false }
const byOrganisation = { organisationId: String, dots: Number, _id: false }

export const dayModel = (connection: Connection) =>
  searchableModel<Day>(connection, {
    collection: 'days',
    fields: {
      title: { type: String, required: true },
      purpose: String,
      date: { type: String, required: true },
      start: { type: String, required: true },
      end: { type: String, required: true },
      startsAt: { type: Date, required: true },
      endsAt: { type: Date, required: true },
      venue: { type: { name: String, access: String, mapUrl: String }, _id: false },
      callUrl: String,
      organisationId: { type: String, required: true },
      hostIds: [String],
      capacity: Number,
      visibility: { type: String, enum: dayVisibilities, required: true },
      chosenOrganisationIds: [String],
      state: { type: String, enum: dayStates, required: true },
      changes: [{ from: String, to: String, byId: String, at: Date, _id: false }],
      sessions: [session],
      registrations: [{ personId: String, organisationId: String, at: Date, _id: false }],
      declinedIds: [String],
      priorities: [{ id: String, text: String, dots: Number, byOrganisation: { type: [byOrganisation], default: undefined }, _id: false }],
      vote: { type: { dots: Number, state: { type: String, enum: ['open', 'closed'] } }, _id: false },
      previousId: String,
      attendance: { type: [{ organisationId: String, people: Number, _id: false }], default: undefined },
      minutes: { type: { number: Number, text: String, approvals: [approval] }, _id: false },
      revision: { type: Number, required: true },
      registrationRevision: Number,
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      sourceId: String,
    },
    indexes: [
      [{ endsAt: 1 }],
      [{ hostIds: 1 }],
      [{ 'sessions.speakerIds': 1 }],
      [{ 'registrations.personId': 1, endsAt: 1 }],
      [{ 'sessions.skillIds': 1 }],
      [{ sourceId: 1 }],
    ],
  })
