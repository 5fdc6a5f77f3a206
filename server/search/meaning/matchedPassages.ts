import { searchDocument } from '../indexing/searchDocuments.ts'
import type { FoundRecord, SearchType } from '../searchType.ts'
import { passageText } from './keptPassages.ts'
import type { Near } from './questionMeaning.ts'

/** About as much as the engines give of a text that matches. */
const longestShown = 200

/** A record that was found by meaning, and has no word of the question in its text, shows the passage that is near, where others show fragments. */
export function withPassages(type: SearchType, found: readonly FoundRecord[], near: Near | undefined): FoundRecord[] {
  const field = Object.keys(type.mapping.text).find(name => type.mapping.text[name]?.weight === 1)
  if (near === undefined || field === undefined) return [...found]
  return found.map(({ record, highlights, score }) => {
    const passage = near.get(record._id)?.passage
    if (passage === undefined || (highlights[field] ?? []).length > 0) return { record, highlights, score }
    const text = passageText(type, searchDocument(type, record))?.text ?? ''
    const shown = beginningOf(text.slice(passage.from, passage.to))
    return { record, score, highlights: shown === '' ? highlights : { ...highlights, [field]: [shown] } }
  })
}

function beginningOf(passage: string): string {
  if (passage.length <= longestShown) return passage
  return `${passage.slice(0, longestShown).replace(/\s+\S*$/, '')} …`
}
