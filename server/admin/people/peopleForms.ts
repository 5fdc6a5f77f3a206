import { z } from 'zod'
import { roles } from '../../access/roles.ts'
import { emailField } from '../../accounts/emailAddress.ts'
import { line, optionalLine, severalOf } from '../../http/formFields.ts'

export const invitationForm = z.object({
  name: line('Enter the name', 120),
  email: emailField,
  organisationId: z.string({ error: 'Choose the organisation' }).min(1, 'Choose the organisation').max(100),
  role: optionalLine(120).transform(role => role ?? ''),
  roles: severalOf(roles),
})
export type InvitationForm = z.infer<typeof invitationForm>

export const openAccountForm = z.object({ email: emailField })
export type OpenAccountForm = z.infer<typeof openAccountForm>

/** Everybody stays a member. */
export const rolesForm = z.object({ roles: severalOf(roles).transform(given => [...new Set(['member' as const, ...given])]) })
export type RolesForm = z.infer<typeof rolesForm>
