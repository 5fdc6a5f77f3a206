import { z } from 'zod'
import { deliveries, type NotificationKind } from '../notificationKind.ts'

const fieldOf = () => z.enum(deliveries, 'Choose how you want to be told').optional()

/** A field for each kind; only those that the person can choose are on the form, so any may be missing. */
export const choicesForm = (kinds: readonly NotificationKind[]) =>
  z
    .object(Object.fromEntries(kinds.map(({ id }) => [id, fieldOf()])))
    .transform(
      chosen => new Map(Object.entries(chosen).flatMap(([id, delivery]) => (delivery === undefined ? [] : [[id, delivery] as const]))),
    )
export type ChoicesForm = z.infer<ReturnType<typeof choicesForm>>
