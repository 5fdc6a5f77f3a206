import { z } from 'zod'
import { line } from '../../http/formFields.ts'

/** What is asked for a preview. */
export const pairForm = z.object({
  merged: line('Enter the skill that becomes another', 100),
  kept: line('Enter the skill that stays', 100),
})

/** What confirms it; two administrators at once compare what was opened. */
export const mergeForm = pairForm.extend({ opened: z.string().max(100).default('') })
export type MergeForm = z.infer<typeof mergeForm>
