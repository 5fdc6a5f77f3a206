import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'

/** What somebody typed and did not save, for an article or a new one. It is no revision: never indexed, and read by whoever typed it alone. */
export interface WorkingText {
  _id: string
  personId: string
  /** Absent for a new article. */
  articleId?: string
  /** As the form sends it; a name stands here as often as something is chosen. */
  typed: { name: string; value: string }[]
  /** Since when somebody types without a long pause. */
  since: Date
  keptAt: Date
}

export const workingTextModel = (connection: Connection) =>
  internalModel<WorkingText>(connection, {
    collection: 'workingTexts',
    fields: {
      personId: { type: String, required: true },
      articleId: String,
      typed: [{ name: String, value: String, _id: false }],
      since: { type: Date, required: true },
      keptAt: { type: Date, required: true },
    },
    indexes: [[{ articleId: 1, keptAt: -1 }], [{ personId: 1 }], [{ keptAt: 1 }]],
  })
