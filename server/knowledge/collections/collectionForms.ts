import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import { line, paragraphs, severalIds } from '../../http/formFields.ts'

const placePrefix = 'place:'
/** The field with the place of an article that is in the collection already. */
export const placeField = (slug: string) => `${placePrefix}${slug}`

const written = z.object({
  title: line('Enter a title'),
  summary: paragraphs(2_000),
  /** "me", "kept" for who owns it already, or a team's slug. */
  owner: z.string().max(100).default('me'),
  visibility: z.enum(visibilities, 'Choose who may read it'),
  /** Slugs. */
  chosenOrganisations: severalIds,
  /** The places of those that are in it, by slug; without one an article is taken off. */
  places: z.record(z.string(), z.string().max(10, 'Enter a number')),
  /** Addresses of further articles, each on a line of its own. */
  added: paragraphs(20_000),
  /** The revision that was opened; compared when saving. */
  revision: z.coerce.number().int().min(0).default(0),
})

/** The fields of places are named after their articles. */
const withPlaces = (typed: unknown) => {
  const fields = Object.entries((typed ?? {}) as Record<string, unknown>)
  const places = fields.flatMap(([name, value]) => (name.startsWith(placePrefix) ? [[name.slice(placePrefix.length), value]] : []))
  return { ...Object.fromEntries(fields), places: Object.fromEntries(places) }
}

export const collectionForm = z.preprocess(withPlaces, written)

export type CollectionForm = z.infer<typeof collectionForm>
