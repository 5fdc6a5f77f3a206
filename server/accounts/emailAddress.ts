import { z } from 'zod'

/** The form in which addresses are kept and compared. */
export const plainEmail = (email: string): string => email.trim().toLowerCase()

const message = 'Enter an e-mail address in the right form, like name@example.org'

export const emailField = z
  .string({ error: 'Enter an e-mail address' })
  .transform(plainEmail)
  .pipe(
    z
      .string()
      .min(1, 'Enter an e-mail address')
      .max(254, message)
      .regex(/^[^\s@<>"]+@[^\s@<>".]+(\.[^\s@<>".]+)+$/u, message),
  )
