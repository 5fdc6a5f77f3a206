import { z } from 'zod'

const chosen = z.preprocess(
  value => (value === undefined || value === '' ? [] : [value].flat()),
  z.array(z.string().max(200, 'Choose only from the list')).min(1, 'Choose whom to invite').max(100, 'Choose 100 people or fewer'),
)

export const invitationsForm = z.object({
  people: chosen.transform(slugs => [...new Set(slugs)]),
  as: z.enum(['page', 'csv', 'mail'], 'Choose only from the list').default('page'),
})
export type InvitationsForm = z.infer<typeof invitationsForm>
