import type { Connection } from 'mongoose'
import { type Owned, visibilities } from '../../access/readers.ts'
import { internalModel, searchableModel } from '../../storage/defineModel.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import { type Kind, kindIds } from '../kinds/kinds.ts'

export const articleStates = ['draft', 'published'] as const

export interface Article extends SearchableRecord, Omit<Owned, 'state' | 'authorIds' | 'chosenOrganisationIds'> {
  title: string
  kind: Kind
  /** Markdown. */
  text: string
  authorIds: string[]
  chosenOrganisationIds: string[]
  state: (typeof articleStates)[number]
  skillIds: string[]
  /** Counts the saves; two people editing compare it. */
  revision: number
  /** The revisions that are part of the history, oldest first. */
  revisionIds: string[]
  createdAt: Date
  updatedAt: Date
  publishedAt?: Date
  sourceId?: string
}

/** Loaded through its article. `readers` are the article's when it was saved: publishing an article does not publish its drafts. */
export interface Revision {
  _id: string
  articleId: string
  revision: number
  title: string
  text: string
  readers: string[]
  savedAt: Date
  savedById: string
}

export const articleModel = (connection: Connection) =>
  searchableModel<Article>(connection, {
    collection: 'articles',
    fields: {
      title: { type: String, required: true },
      kind: { type: String, enum: kindIds, required: true },
      text: String,
      organisationId: { type: String, required: true },
      owner: { type: { teamId: String, personId: String }, _id: false, required: true },
      authorIds: [String],
      visibility: { type: String, enum: visibilities, required: true },
      chosenOrganisationIds: [String],
      state: { type: String, enum: articleStates, required: true },
      skillIds: [String],
      revision: { type: Number, required: true },
      revisionIds: [String],
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
    ],
  })

export const revisionModel = (connection: Connection) =>
  internalModel<Revision>(connection, {
    collection: 'articleRevisions',
    fields: {
      articleId: { type: String, required: true },
      revision: { type: Number, required: true },
      title: String,
      text: String,
      readers: [String],
      savedAt: { type: Date, required: true },
      savedById: { type: String, required: true },
    },
    indexes: [[{ articleId: 1, revision: 1 }]],
  })
