import { z } from 'zod'
import { line, optionalLine, paragraphs } from '../../http/formFields.ts'
import { timeOfDay } from '../dayForms.ts'

/** A session as somebody plans it: people and skills are named, articles given by their addresses. */
export const sessionForm = z.object({
  title: line('Enter a title'),
  about: paragraphs(2_000),
  track: optionalLine(80),
  start: timeOfDay('Enter when it begins'),
  end: timeOfDay('Enter when it ends'),
  speakers: optionalLine(2_000),
  /** Addresses of articles, each on a line of its own. */
  reading: paragraphs(5_000),
  skills: optionalLine(2_000),
})

export type SessionForm = z.infer<typeof sessionForm>
