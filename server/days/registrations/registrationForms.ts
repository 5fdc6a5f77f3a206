import { z } from 'zod'
import { optionalLine } from '../../http/formFields.ts'

export const registrationForm = z.object({ access: optionalLine(500), diet: optionalLine(500) })
export type RegistrationForm = z.infer<typeof registrationForm>
