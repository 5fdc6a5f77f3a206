import type { Connection } from 'mongoose'
import { internalModel } from '../defineModel.ts'

/** That a migration was begun, and done. */
export interface MigrationRecord {
  /** The migration's name: "0001-index-options". */
  _id: string
  beganAt: Date
  /** Absent while it is not done: it was interrupted, or it is being done. */
  endedAt?: Date
  tookMs?: number
  /** Of the Skillpool that did it. */
  codeVersion: string
  host: string
  /** Of the lease under which it was begun last. */
  fence: number
  /** Where the migration was: it goes on from there after an interruption. */
  position?: string
  done: number
}

export const migrationModel = (connection: Connection) =>
  internalModel<MigrationRecord>(connection, {
    collection: 'migrations',
    fields: {
      beganAt: { type: Date, required: true },
      endedAt: Date,
      tookMs: Number,
      codeVersion: { type: String, required: true },
      host: { type: String, required: true },
      fence: { type: Number, required: true },
      position: String,
      done: { type: Number, required: true },
    },
  })
