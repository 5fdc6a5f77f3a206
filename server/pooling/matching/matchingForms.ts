import { z } from 'zod'
import { severalIds } from '../../http/formFields.ts'

/** Slugs of people. */
export const inviteForm = z.object({ people: severalIds })
export type InviteForm = z.infer<typeof inviteForm>
