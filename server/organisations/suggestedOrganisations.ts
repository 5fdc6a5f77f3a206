import type { SuggestionSource } from '../search/suggestions/suggestion.ts'
import type { OrganisationService } from './organisationService.ts'

export const suggestedOrganisations =
  (organisations: OrganisationService): SuggestionSource =>
  async ({ words }, reader, most) => {
    const begun = words.at(-1) ?? ''
    const found = (await organisations.list(reader)).filter(
      ({ nameWords }) => words.slice(0, -1).every(word => nameWords.includes(word)) && nameWords.some(word => word.startsWith(begun)),
    )
    return found.slice(0, most).map(({ name, slug }) => ({ value: name, hint: 'organisation', href: `/organisations/${slug}` }))
  }
