import { z } from 'zod'
import { line, paragraphs } from '../http/formFields.ts'
import { organisationStatuses, organisationTypes } from './organisationModel.ts'

const domain = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/

export const organisationForm = z.object({
  name: line('Enter the name of the organisation'),
  type: z.enum(organisationTypes, 'Choose what kind of organisation it is'),
  /** Typed with commas or spaces between. */
  domains: z
    .string()
    .default('')
    .transform(text =>
      text
        .toLowerCase()
        .split(/[\s,]+/)
        .filter(part => part !== ''),
    )
    .pipe(
      z.array(z.string().regex(domain, 'Write domains such as cheshire.example, with commas between')).max(50, 'Use 50 domains or fewer'),
    ),
  status: z.enum(organisationStatuses, 'Choose whether it takes part').default('active'),
})

export type OrganisationForm = z.infer<typeof organisationForm>

export const teamForm = z.object({
  name: line('Enter the name of the team'),
  description: paragraphs(2_000),
})

export type TeamForm = z.infer<typeof teamForm>
