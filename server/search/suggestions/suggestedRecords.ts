import type { SearchType } from '../searchType.ts'
import { beginningWith } from './beginningWith.ts'
import type { SuggestionSource } from './suggestion.ts'

/** Records of a searchable type, by their titles. */
export const suggestedRecords =
  ({ model, titleOf, hintOf, path, setAside }: SearchType): SuggestionSource =>
  async (begun, reader, most) => {
    const found = await beginningWith(model, begun, { reader, most, titleOf, among: setAside?.others ?? {} })
    return found.map(record => ({ value: titleOf(record), hint: hintOf(record), href: `${path}/${record.slug}` }))
  }
