import type { Connection } from 'mongoose'
import { readableModel } from '../storage/defineModel.ts'
import type { Readable } from '../storage/guardedReads.ts'
import { callOrderField, type NamesContacts } from './contacts/contact.ts'

export interface Team extends Readable, NamesContacts {
  slug: string
  name: string
  organisationId: string
  description: string
  sourceId?: string
}

export const teamModel = (connection: Connection) =>
  readableModel<Team>(connection, {
    collection: 'teams',
    fields: {
      slug: { type: String, required: true },
      name: { type: String, required: true },
      organisationId: { type: String, required: true },
      description: String,
      callOrder: { type: callOrderField, default: undefined },
      contactsRevision: Number,
      sourceId: String,
    },
    indexes: [[{ slug: 1 }, { unique: true }], [{ organisationId: 1, name: 1 }], [{ sourceId: 1 }]],
  })
