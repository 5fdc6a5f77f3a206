import { highlightEnd, highlightStart } from './searchEngine.ts'

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&#34;', "'": '&#39;' }

/** A fragment of the engine as HTML: everything escaped, matches marked. */
export function markedHtml(fragment: string): string {
  return fragment
    .replace(/[&<>"']/g, character => escapes[character] ?? '')
    .replaceAll(highlightStart, '<mark>')
    .replaceAll(highlightEnd, '</mark>')
}
