import { z } from 'zod'
import { line } from '../../http/formFields.ts'
import { alerts } from './savedSearchModel.ts'

const alertForm = z.object({
  name: line('Give the search a name', 80),
  alert: z.enum(alerts, 'Choose whether you want to be told of new matches'),
})

export const changedSearchForm = alertForm
export const savedSearchForm = alertForm.extend({ query: z.string().max(20_000).catch('') })

/** Until when what is new was looked at: of what was found later nobody has seen anything. */
export const lookedForm = z.object({ found: z.coerce.date() })
export type LookedForm = z.infer<typeof lookedForm>

export type ChangedSearchForm = z.infer<typeof changedSearchForm>
export type SavedSearchForm = z.infer<typeof savedSearchForm>
