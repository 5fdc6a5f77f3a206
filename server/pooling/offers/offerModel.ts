import type { Connection } from 'mongoose'
import { type Owned, readersOf, visibilities } from '../../access/readers.ts'
import type { LocalDate } from '../../people/absence.ts'
import { searchableModel } from '../../storage/defineModel.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'

export const offerKinds = ['advice', 'mentoring', 'review', 'training', 'licence', 'equipment'] as const
export type OfferKind = (typeof offerKinds)[number]

/** What a person or a team gives to others: an hour of advice, a review, a spare licence. */
export interface Offer extends SearchableRecord, Pick<Owned, 'organisationId' | 'owner' | 'visibility'> {
  title: string
  kind: OfferKind
  /** Markdown. */
  text: string
  skillIds: string[]
  chosenOrganisationIds: string[]
  /** How many there are: "2 hours a month", "5 licences". */
  limit?: string
  /** The last day that it stands; left out, until somebody ends it. */
  until?: LocalDate
  state: 'open' | 'ended'
  /** Counts the saves; two people editing compare it. */
  revision: number
  createdAt: Date
  updatedAt: Date
  /** The partnership day on which it came up. */
  dayId?: string
  sourceId?: string
}

/** There is no draft of an offer: it is there for its readers from the first save. */
export const readersOfOffer = (offer: Pick<Offer, 'organisationId' | 'owner' | 'visibility' | 'chosenOrganisationIds'>) =>
  readersOf({ ...offer, authorIds: [], state: 'published' })

export const offerModel = (connection: Connection) =>
  searchableModel<Offer>(connection, {
    collection: 'offers',
    fields: {
      title: { type: String, required: true },
      kind: { type: String, enum: offerKinds, required: true },
      text: String,
      organisationId: { type: String, required: true },
      owner: { type: { teamId: String, personId: String }, _id: false, required: true },
      skillIds: [String],
      visibility: { type: String, enum: visibilities, required: true },
      chosenOrganisationIds: [String],
      limit: String,
      until: String,
      state: { type: String, enum: ['open', 'ended'], required: true },
      revision: { type: Number, required: true },
      createdAt: { type: Date, required: true },
      updatedAt: { type: Date, required: true },
      dayId: String,
      sourceId: String,
    },
    indexes: [[{ state: 1, updatedAt: -1 }], [{ skillIds: 1 }], [{ 'owner.personId': 1 }], [{ dayId: 1 }], [{ sourceId: 1 }]],
  })
