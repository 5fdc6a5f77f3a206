import { z } from 'zod'
import { optionalLine } from '../../http/formFields.ts'

/** The first point of contact and so many steps of escalation. */
export const mostSteps = 4
export const stepNumbers = Array.from({ length: mostSteps }, (_, position) => position + 1)

const fields = Object.fromEntries(
  stepNumbers.flatMap(number => [`contact${number}`, `cover${number}`].map(name => [name, optionalLine()] as const)),
)

export const contactForm = z.object({ opened: z.coerce.number().int().min(0).catch(0), ...fields }).transform(({ opened, ...typed }) => {
  const lines = typed as Record<string, string | undefined>
  return { opened, steps: stepNumbers.map(number => ({ contact: lines[`contact${number}`], cover: lines[`cover${number}`] })) }
})

export type ContactForm = z.infer<typeof contactForm>
