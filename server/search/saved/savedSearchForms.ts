import { z } from 'zod'
import { line } from '../../http/formFields.ts'
import { alerts } from './savedSearchModel.ts'

const alertForm = z.object({
  name: line('Give the search a name', 80),
  alert: z.enum(alerts, 'Choose whether you want to be told of new matches'),
})

export const changedSearchForm = alertForm
export const savedSearchForm = alertForm.extend({ query: z.string().max(20_000).catch('') })

export type ChangedSearchForm = z.infer<typeof changedSearchForm>
export type SavedSearchForm = z.infer<typeof savedSearchForm>
