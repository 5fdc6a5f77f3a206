import type { Connection } from 'mongoose'
import { type Owned, readersOf, type Visibility } from '../../access/readers.ts'
import { type Level, levels } from '../../skills/levels.ts'
import { searchableModel } from '../../storage/defineModel.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import { type RequestState, type RequestStep, type RequestType, requestStates, requestTypes } from './requestStates.ts'

export const requestVisibilities = ['partnership', 'organisation', 'chosen'] as const satisfies readonly Visibility[]

/** That a request became something else, or somebody else's. */
export interface RequestChange {
  step: RequestStep | 'ask'
  from?: RequestState
  to: RequestState
  /** Absent when time did it. */
  byId?: string
  at: Date
}

export const invitationStates = ['invited', 'accepted', 'declined', 'silent', 'closed'] as const

/** That somebody is asked to help. For the two alone; who declines says no more than that. */
export interface Invitation {
  personId: string
  /** Absent when "ask for me" chose them. */
  byId?: string
  at: Date
  state: (typeof invitationStates)[number]
  decidedAt?: Date
}

/** What the asker says when it is done. */
export interface Outcome {
  isSolved: boolean
  hours?: number
  saved?: string
  thanks?: string
  at: Date
}

export interface AskedSkill {
  skillId: string
  /** The least that is needed; left out, any. */
  level?: Level
}

/** For a piece of work. */
export interface Work {
  /** "Two days". */
  effort?: string
  /** The first and the last day: "2026-05-03". */
  from?: string
  until?: string
  /** Absent when it can be done from anywhere. */
  place?: string
  inReturn?: string
}

/** Somebody needs help: an answer, or a piece of work. */
export interface HelpRequest extends SearchableRecord, Pick<Owned, 'organisationId'> {
  type: RequestType
  title: string
  /** Markdown. */
  text: string
  askerId: string
  visibility: (typeof requestVisibilities)[number]
  chosenOrganisationIds: string[]
  skills: AskedSkill[]
  work?: Work
  state: RequestState
  /** The oldest first. */
  changes: RequestChange[]
  /** How often it was written; people who change it at once compare it. */
  revision: number
  invitations: Invitation[]
  /** The system invites the next when somebody declines or stays silent. */
  asksForMe?: true
  /** The partnership day on which it came up. */
  dayId?: string
  /** Whoever agreed to help. */
  helperId?: string
  acceptedAnswerId?: string
  /** Those whom it speaks for: who gave the accepted answer, and who helped and agrees. */
  contributorIds: string[]
  outcome?: Outcome
  firstAnswerAt?: Date
  /** To whom it rose without an answer. */
  escalated?: string[]
  askedAt: Date
  expiresAt: Date
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

type Shared = Pick<HelpRequest, 'askerId' | 'organisationId' | 'visibility' | 'chosenOrganisationIds'>

/** There is no draft of a request: it is there for its readers from the first save. */
export const readersOfRequest = ({ askerId, ...shared }: Shared): string[] =>
  readersOf({ ...shared, authorIds: [askerId], owner: { personId: askerId }, state: 'published' })

export const requestModel = (connection: Connection) =>
  searchableModel<HelpRequest>(connection, {
    collection: 'requests',
    fields: {
      type: { type: String, enum: requestTypes, required: true },
      title: { type: String, required: true },
      text: String,
      organisationId: { type: String, required: true },
      askerId: { type: String, required: true },
      visibility: { type: String, enum: requestVisibilities, required: true },
      chosenOrganisationIds: [String],
      skills: [{ skillId: { type: String, required: true }, level: { type: String, enum: levels }, _id: false }],
      work: { type: { effort: String, from: String, until: String, place: String, inReturn: String }, _id: false },
      state: { type: String, enum: requestStates, required: true },
      changes: [{ step: String, from: String, to: String, byId: String, at: Date, _id: false }],
      revision: { type: Number, required: true },
      invitations: [
        {
          personId: { type: String, required: true },
          byId: String,
          at: Date,
          state: { type: String, enum: invitationStates, required: true },
          decidedAt: Date,
          _id: false,
        },
      ],
      asksForMe: Boolean,
      dayId: String,
      helperId: String,
      acceptedAnswerId: String,
      contributorIds: [String],
      outcome: { type: { isSolved: Boolean, hours: Number, saved: String, thanks: String, at: Date }, _id: false },
      firstAnswerAt: Date,
      escalated: { type: [String], default: undefined },
      askedAt: { type: Date, required: true },
      expiresAt: { type: Date, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      sourceId: String,
    },
    indexes: [
      [{ updatedAt: -1 }],
      [{ createdAt: -1 }],
      [{ state: 1, updatedAt: -1 }],
      [{ state: 1, askedAt: 1 }],
      [{ askerId: 1, createdAt: -1 }],
      [{ helperId: 1, state: 1 }],
      [{ 'invitations.personId': 1, state: 1 }],
      [{ 'skills.skillId': 1, updatedAt: -1 }],
      [{ contributorIds: 1 }],
      [{ dayId: 1 }],
      [{ sourceId: 1 }],
    ],
  })
