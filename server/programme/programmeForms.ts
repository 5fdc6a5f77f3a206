import { z } from 'zod'
import { optionalLine } from '../http/formFields.ts'
import { actionStates } from './actionStates.ts'

export const becomingForm = z.object({ to: z.enum(actionStates, 'Choose what it is now'), said: optionalLine(1_000) })
export type BecomingForm = z.infer<typeof becomingForm>
