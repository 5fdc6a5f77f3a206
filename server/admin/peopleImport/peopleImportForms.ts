import { z } from 'zod'

export const uploadForm = z.object({
  /** Ticked: whoever is not in the file has left. */
  absentLeave: z.literal('yes', 'Choose only from the list').optional(),
  organisationId: z.string().max(100, 'Choose the organisation').optional(),
})
export type UploadForm = z.infer<typeof uploadForm>

export const confirmForm = z.object({ seen: z.string('Look at the preview once more').max(100, 'Look at the preview once more') })
export type ConfirmForm = z.infer<typeof confirmForm>
