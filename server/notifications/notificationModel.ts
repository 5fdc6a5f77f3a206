import type { Connection } from 'mongoose'
import { internalModel } from '../storage/defineModel.ts'
import { type Delivery, deliveries } from './notificationKind.ts'

/** What the words of a notification need besides its subject: ids, dates and numbers, no contents. */
export type Facts = Readonly<Record<string, string | number | readonly string[]>>

/** One person is told one thing. What it is about is loaded for them each time that it is shown or mailed. */
export interface Notification {
  /** Made of kind, event and person, so that the same is told once. */
  _id: string
  personId: string
  kind: string
  subjectId: string
  facts?: Facts
  /** Whose deed it was. */
  byId?: string
  at: Date
  /** As long as its person has not opened it. */
  unseen?: true
  seenAt?: Date
  /** Not put into the outbox yet, and not to be before this. */
  mailDueAt?: Date
  mailAs?: Exclude<Delivery, 'site'>
  /** The mail that it is in. */
  mailId?: string
}

const onlyWith = (field: string) => ({ partialFilterExpression: { [field]: { $exists: true } } })

export const notificationModel = (connection: Connection) =>
  internalModel<Notification>(connection, {
    collection: 'notifications',
    fields: {
      personId: { type: String, required: true },
      kind: { type: String, required: true },
      subjectId: { type: String, required: true },
      facts: Object,
      at: { type: Date, required: true },
      mailAs: { type: String, enum: deliveries },
      ...{ byId: String, unseen: Boolean, seenAt: Date, mailDueAt: Date, mailId: String },
    },
    indexes: [
      [{ personId: 1, at: -1, _id: -1 }],
      [{ personId: 1, unseen: 1, at: -1, _id: -1 }, onlyWith('unseen')],
      [{ mailDueAt: 1 }, onlyWith('mailDueAt')],
      [{ mailId: 1 }, onlyWith('mailId')],
      [{ byId: 1 }, onlyWith('byId')],
      [{ at: 1 }],
    ],
  })
