import type { Connection } from 'mongoose'
import type { Receiver } from '../../handover.ts'
import { internalModel } from '../../storage/defineModel.ts'

/** What an administrator asked for that is too much to wait for: the job of the same id does it. */
export interface AskedHandover {
  _id: string
  personId: string
  slug: string
  askedById: string
  askedAt: Date
  receivers: ({ kind: string } & Receiver)[]
  leaves: boolean
}

export const handoverModel = (connection: Connection) =>
  internalModel<AskedHandover>(connection, {
    collection: 'handovers',
    fields: {
      personId: { type: String, required: true },
      slug: { type: String, required: true },
      askedById: { type: String, required: true },
      askedAt: { type: Date, required: true },
      receivers: [{ _id: false, kind: String, name: String, personId: String, teamId: String }],
      leaves: { type: Boolean, required: true },
    },
    indexes: [[{ personId: 1, askedAt: -1 }], [{ askedAt: 1 }]],
  })
