import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import { line, optionalLine, paragraphs, severalIds } from '../../http/formFields.ts'
import { isLocalDate } from '../../people/absence.ts'
import { offerKinds } from './offerModel.ts'

export const offerForm = z.object({
  title: line('Say in a few words what is offered'),
  kind: z.enum(offerKinds, 'Choose what kind of offer it is'),
  text: paragraphs(5_000),
  /** Names, with commas between. */
  skills: optionalLine(2_000),
  limit: optionalLine(200),
  until: optionalLine(20).refine(text => text === undefined || isLocalDate(text), 'Write the day as 2026-05-03'),
  /** "me", "kept" for who owns it already, or a team's slug. */
  owner: z.string().max(100).default('me'),
  visibility: z.enum(visibilities, 'Choose who may read it'),
  /** Slugs. */
  chosenOrganisations: severalIds,
  /** The slug of the partnership day on which it came up. */
  day: z.string().max(300).default(''),
  /** The revision that was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})
export type OfferForm = z.infer<typeof offerForm>
