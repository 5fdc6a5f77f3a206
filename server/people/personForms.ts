import { z } from 'zod'
import { line, optionalLine, paragraphs, severalIds, severalOf } from '../http/formFields.ts'
import { levels, willingness } from '../skills/levels.ts'

/** What was opened; two people editing one part of a profile compare it. */
const opened = z.string().max(100).default('')

export const openedForm = z.object({ opened })

export const nameForm = z.object({
  opened,
  name: line('Enter the name'),
  role: line('Enter the role, such as Infrastructure lead'),
})

export const aboutForm = z.object({ opened, about: paragraphs(5_000) })

export const contactForm = z.object({
  opened,
  email: optionalLine().refine(
    email => email === undefined || /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email),
    'Enter an e-mail address such as name@example.org',
  ),
  phone: optionalLine(50),
  workingPattern: optionalLine(),
})

export const requestsForm = z.object({
  opened,
  requestLimit: optionalLine(3)
    .refine(text => text === undefined || /^(1?\d|20)$/.test(text), 'Enter a whole number from 0 to 20')
    .transform(text => (text === undefined ? undefined : Number(text))),
})

export const teamsForm = z.object({
  opened,
  /** Slugs. */
  teams: severalIds,
})

export type TeamsForm = z.infer<typeof teamsForm>

export const declaredSkillForm = z.object({
  /** A name or alias from the vocabulary, or several with commas between. */
  skill: line('Enter the name of a skill', 400),
  level: z.enum(levels, 'Choose a level'),
  lastUsed: z
    .string()
    .optional()
    .transform(text => text?.trim() || undefined)
    .refine(month => month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month), 'Write the month as 2026-03')
    .transform(month => (month === undefined ? undefined : new Date(`${month}-01T00:00:00Z`))),
  willing: severalOf(willingness),
  /** Pressed to propose what the vocabulary does not have. */
  propose: z.string().optional(),
  group: optionalLine(100),
  why: optionalLine(500),
})

export type DeclaredSkillForm = z.infer<typeof declaredSkillForm>
