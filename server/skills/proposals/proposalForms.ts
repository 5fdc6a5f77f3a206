import { z } from 'zod'
import { line, paragraphs } from '../../http/formFields.ts'

export const aliasForm = z.object({ skill: line('Enter the name of the skill that it is another name for', 100) })
export type AliasForm = z.infer<typeof aliasForm>

/** The proposer reads it. */
export const declineForm = z.object({
  reason: paragraphs(1_000).refine(text => text.trim() !== '', 'Write why, for those who proposed it'),
})
export type DeclineForm = z.infer<typeof declineForm>
