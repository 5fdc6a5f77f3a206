import { beginningWith } from '../search/suggestions/beginningWith.ts'
import type { SuggestionSource } from '../search/suggestions/suggestion.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import type { Person } from './personModel.ts'

export const suggestedPeople =
  (people: GuardedModel<Person>): SuggestionSource =>
  async (begun, reader, most) => {
    const found = await beginningWith(people, begun, { reader, most, titleOf: ({ name }) => name })
    return found.map(({ name, role, slug }) => ({ value: name, hint: role === '' ? 'person' : `person, ${role}`, href: `/people/${slug}` }))
  }
