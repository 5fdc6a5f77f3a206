import sanitizeHtml from 'sanitize-html'

const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' }
const spaceless = (text: string) => text.replace(/[\s\u200b]+/gu, '')

/**
 * Whether a drawn text says these words. Spaces and line ends count for nothing: what somebody copies from a page has others than its source, where
 * it goes over cells or paragraphs.
 */
export function says(html: string, words: string): boolean {
  const text = sanitizeHtml(html, { allowedTags: [], allowedAttributes: {} })
  const plain = text.replace(/&(lt|gt|quot|amp);/g, entity => entities[entity] ?? entity)
  return spaceless(plain).includes(spaceless(words))
}
