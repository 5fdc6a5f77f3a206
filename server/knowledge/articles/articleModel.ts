import type { Connection } from 'mongoose'
import { type Marking, markings, type Owned, visibilities } from '../../access/readers.ts'
import { searchableModel } from '../../storage/defineModel.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import type { FieldValue } from '../kinds/kind.ts'
import { kindIds } from '../kinds/kinds.ts'
import { type ArticleState, articleStates } from '../reviews/articleStates.ts'
import type { StateChange } from '../reviews/transitions.ts'

export interface Article extends SearchableRecord, Omit<Owned, 'state' | 'authorIds' | 'chosenOrganisationIds' | 'approval'> {
  title: string
  /** Its kind's id. */
  kind: string
  /** Markdown. */
  text: string
  /** What its kind asks for. */
  fields?: FieldValue[]
  authorIds: string[]
  /** Those who helped and did not write. */
  thankedIds?: string[]
  chosenOrganisationIds: string[]
  state: ArticleState
  marking?: Marking
  skillIds: string[]
  /** What its text links to, to be found from there. */
  links?: string[]
  /** Counts the saves; two people editing compare it. */
  revision: number
  /** The revisions that are part of the history, oldest first. */
  revisionIds: string[]
  /** What waits for the approver: the article, or a change to what is published, which is a revision that is not in the history yet. */
  approval?: { askedById: string; askedAt: Date; revisionId?: string }
  /** When it became what it is, the oldest first. */
  changes?: StateChange[]
  /** How often it is reviewed, where that is not as often as its kind says. */
  reviewMonths?: number
  /** Who said last that it is right, and when. */
  reviewed?: { byId?: string; at: Date }
  /** Absent before it is published. */
  reviewDueAt?: Date
  supersededById?: string
  createdAt: Date
  updatedAt: Date
  publishedAt?: Date
  sourceId?: string
}

const fieldValue = { name: String, text: String, number: Number, unit: String, date: Date, _id: false }

export const articleModel = (connection: Connection) =>
  searchableModel<Article>(connection, {
    collection: 'articles',
    fields: {
      title: { type: String, required: true },
      kind: { type: String, enum: kindIds, required: true },
      text: String,
      fields: { type: [fieldValue], default: undefined },
      organisationId: { type: String, required: true },
      owner: { type: { teamId: String, personId: String }, _id: false, required: true },
      authorIds: [String],
      thankedIds: { type: [String], default: undefined },
      visibility: { type: String, enum: visibilities, required: true },
      chosenOrganisationIds: [String],
      state: { type: String, enum: articleStates, required: true },
      marking: { type: String, enum: markings },
      skillIds: [String],
      links: { type: [String], default: undefined },
      revision: { type: Number, required: true },
      revisionIds: [String],
      approverId: String,
      approval: { type: { askedById: String, askedAt: Date, revisionId: String }, _id: false },
      changes: {
        type: [{ step: String, from: String, to: String, byId: String, at: Date, reason: String, _id: false }],
        default: undefined,
      },
      reviewMonths: Number,
      reviewed: { type: { byId: String, at: Date }, _id: false },
      reviewDueAt: Date,
      supersededById: String,
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      publishedAt: Date,
      sourceId: String,
    },
    indexes: [
      [{ updatedAt: -1 }],
      [{ state: 1, updatedAt: -1 }],
      [{ state: 1, publishedAt: -1 }],
      [{ authorIds: 1, updatedAt: -1 }],
      [{ organisationId: 1, updatedAt: -1 }],
      [{ skillIds: 1, updatedAt: -1 }],
      [{ 'owner.personId': 1 }],
      [{ sourceId: 1 }],
      [{ kind: 1, updatedAt: -1 }],
      [{ reviewDueAt: 1 }],
      [{ approverId: 1, 'approval.askedAt': 1 }],
      [{ supersededById: 1 }],
      [{ links: 1 }],
    ],
  })
