import { highlightEnd, highlightStart } from './searchEngine.ts'

const marked = new RegExp(`${highlightStart}([^${highlightStart}${highlightEnd}]*)${highlightEnd}`, 'g')
const single = new RegExp(`[${highlightStart}${highlightEnd}]`, 'g')
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** A fragment of the engine as HTML: everything escaped, matches marked; a marker without its partner is dropped, or the mark would not end. */
export function markedHtml(fragment: string): string {
  return fragment
    .replace(/[&<>"']/g, character => escapes[character] ?? '')
    .replace(marked, '<mark>$1</mark>')
    .replace(single, '')
}
