import { z } from 'zod'
import { line } from '../http/formFields.ts'
import { emailField } from './emailAddress.ts'
import { newPasswordField, passwordField } from './passwords.ts'

export const signInForm = z.object({
  email: emailField,
  password: passwordField,
  back: z.string().optional().catch(undefined),
})
export type SignInForm = z.infer<typeof signInForm>

export const firstRunForm = z.object({
  token: z.string({ error: 'Open the address that Skillpool printed at start' }).max(200),
  partnershipName: line('Enter the name of the partnership', 120),
  organisationName: line('Enter the name of your organisation', 120),
  name: line('Enter your name', 120),
  email: emailField,
  password: newPasswordField,
})
export type FirstRunForm = z.infer<typeof firstRunForm>

export const linkForm = z.object({ password: newPasswordField })
export type LinkForm = z.infer<typeof linkForm>

export const passwordForm = z.object({ current: passwordField, password: newPasswordField })
export type PasswordForm = z.infer<typeof passwordForm>
