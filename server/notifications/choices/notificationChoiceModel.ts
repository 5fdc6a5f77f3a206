import type { Connection } from 'mongoose'
import { internalModel } from '../../storage/defineModel.ts'
import type { Delivery } from '../notificationKind.ts'

/** How somebody wants to be told, under their id, by kind; of what is not named here as is usual. */
export interface ChosenDeliveries {
  _id: string
  deliveries: Record<string, Delivery>
}

export const notificationChoiceModel = (connection: Connection) =>
  internalModel<ChosenDeliveries>(connection, {
    collection: 'notificationChoices',
    fields: { deliveries: { type: Object, required: true } },
  })
