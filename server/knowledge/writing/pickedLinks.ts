import type { SignedInPerson } from '../../access/accessTokens.ts'
import { linkMarkdown, linkOfPath, type RecordLink } from '../../documents/recordLinks.ts'
import type { SuggestionSource } from '../../search/suggestions/suggestion.ts'
import { plainWords } from '../../storage/titleWords.ts'

const longestTyped = 100
const mostOfAKind = 3

/** A record that a text can link to. */
export interface LinkSuggestion {
  value: string
  hint: string
  link: RecordLink
  /** What choosing it writes into the text. */
  insert: string
}

type Sources = { suggestionSources: readonly SuggestionSource[] }

/** What the person may mean who has typed this far, of the records that they may see: the suggestions of the search box that have pages of their own. */
export async function linksBegun(typed: string, person: SignedInPerson, { suggestionSources }: Sources): Promise<LinkSuggestion[]> {
  const begun = { typed: typed.slice(0, longestTyped), words: plainWords(typed.slice(0, longestTyped)) }
  if (begun.words.length === 0) return []
  const found = (await Promise.all(suggestionSources.map(source => source(begun, person, mostOfAKind)))).flat()
  return found.flatMap(({ value, hint, href }) => {
    const link = linkOfPath(href)
    return link === undefined ? [] : [{ value, hint, link, insert: linkMarkdown(link, value) }]
  })
}

/** Those of exactly this name, or else all that begin so. */
export async function linksCalled(typed: string, person: SignedInPerson, sources: Sources): Promise<LinkSuggestion[]> {
  const found = await linksBegun(typed, person, sources)
  const name = plainWords(typed).join(' ')
  const exact = found.filter(({ value }) => plainWords(value).join(' ') === name)
  return exact.length > 0 ? exact : found
}
