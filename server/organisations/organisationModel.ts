import type { Connection } from 'mongoose'
import { readableModel } from '../storage/defineModel.ts'
import type { Readable } from '../storage/guardedReads.ts'
import { callOrderField, type NamesContacts } from './contacts/contact.ts'

export const organisationTypes = ['council', 'fire', 'police', 'health', 'shared-service', 'other'] as const
export const organisationStatuses = ['invited', 'active', 'left'] as const

export interface Organisation extends Readable, NamesContacts {
  slug: string
  name: string
  type: (typeof organisationTypes)[number]
  /** Mail domains of its staff. */
  domains: string[]
  status: (typeof organisationStatuses)[number]
  nameWords: string[]
  /** Its id in the file it was imported from. */
  sourceId?: string
}

export const organisationModel = (connection: Connection) =>
  readableModel<Organisation>(connection, {
    collection: 'organisations',
    fields: {
      slug: { type: String, required: true },
      name: { type: String, required: true },
      type: { type: String, enum: organisationTypes, required: true },
      domains: [String],
      status: { type: String, enum: organisationStatuses, required: true },
      nameWords: [String],
      callOrder: { type: callOrderField, default: undefined },
      contactsRevision: Number,
      sourceId: String,
    },
    indexes: [[{ slug: 1 }, { unique: true }], [{ name: 1 }], [{ nameWords: 1 }], [{ sourceId: 1 }]],
  })
