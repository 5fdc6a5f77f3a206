import type { Connection } from 'mongoose'
import { type Owned, readersOf, visibilities } from '../../access/readers.ts'
import { searchableModel } from '../../storage/defineModel.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'

/** Articles in an order: a handbook. Who reads it sees those of its articles that they may read, and never hears of the others. */
export interface Collection extends SearchableRecord, Pick<Owned, 'organisationId' | 'owner' | 'visibility'> {
  title: string
  /** Markdown. */
  summary: string
  chosenOrganisationIds: string[]
  /** In their order. */
  articleIds: string[]
  /** Counts the saves; two people editing compare it. */
  revision: number
  createdAt: Date
  updatedAt: Date
  sourceId?: string
}

/** There is no draft of a collection: it is there for its readers from the first save. */
export const readersOfCollection = (collection: Pick<Collection, 'organisationId' | 'owner' | 'visibility' | 'chosenOrganisationIds'>) =>
  readersOf({ ...collection, authorIds: [], state: 'published' })

export const collectionModel = (connection: Connection) =>
  searchableModel<Collection>(connection, {
    collection: 'collections',
    fields: {
      title: { type: String, required: true },
      summary: String,
      organisationId: { type: String, required: true },
      owner: { type: { teamId: String, personId: String }, _id: false, required: true },
      visibility: { type: String, enum: visibilities, required: true },
      chosenOrganisationIds: [String],
      articleIds: [String],
      revision: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      sourceId: String,
    },
    indexes: [[{ articleIds: 1 }], [{ updatedAt: -1 }], [{ 'owner.personId': 1 }], [{ sourceId: 1 }]],
  })
