/** A piece of a question as typed: a word, a phrase in quotation marks, or a field with its value, each perhaps with a hyphen and brackets around it. */
export interface Token {
  /** What stands there without hyphen, field, quotation marks and outer brackets. */
  value: string
  isQuoted: boolean
  isExcluded: boolean
  field?: string
  comparison?: Comparison
  /** Brackets that begin before it, and that end behind it. */
  opens: number
  closes: number
  /** Where it stands in what was typed: from, up to but not with. */
  from: number
  to: number
}

export type Comparison = ':' | '>=' | '<=' | '>' | '<'

const piece = /(-?)(\(*)(?:(\p{L}{2,20})(:|>=|<=|>|<))?(?:"([^"]*)"(\)*)|([^\s"]+))/gu

/** Soft hyphens, spaces without width and marks of direction: pasted along, meant by nobody. */
export const invisible = /[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g

export function tokensOf(text: string): Token[] {
  return [...text.matchAll(piece)].map(match => token(match)).filter(({ value, isQuoted }) => value !== '' && (isQuoted || value !== '-'))
}

function token(match: RegExpExecArray): Token {
  const [whole, minus = '', opening = '', field, comparison, quoted, closing = '', plain = ''] = match
  const closes = quoted === undefined ? Math.max(0, countOf(plain, ')') - countOf(plain, '(')) : closing.length
  const bare = plain.replace(/\)*$/, ending => ending.slice(0, Math.max(0, ending.length - closes)))
  const value = (quoted ?? bare).replace(invisible, '').trim()
  const named = field !== undefined && comparison !== undefined && isFieldLike(value)
  return {
    value: named || field === undefined ? value : `${field}${comparison}${value}`,
    isQuoted: quoted !== undefined && (named || field === undefined),
    isExcluded: minus !== '',
    ...(named ? { field: field.toLowerCase(), comparison: comparison as Comparison } : {}),
    opens: opening.length,
    closes,
    from: match.index,
    to: match.index + whole.length,
  }
}

export const hasWord = (value: string) => /[\p{L}\p{N}]/u.test(value)

// "http://…" is a word, not a field.
const isFieldLike = (value: string) => hasWord(value) && !value.startsWith('/')

const countOf = (text: string, character: string) => text.split(character).length - 1
