const hidden = '[hidden]'

/** Fields that are never logged, wherever they stand in what is logged; in small letters. */
const secretFields = new Set([
  ...['cookie', 'set-cookie', 'authorization', 'password', 'passwordhash', 'secret', 'token', 'tokenhash', 'tokenhashes', 'apikey'],
  ...['session', 'headers', 'email', 'q', 'title', 'text', 'body'],
])
const deepestField = 6

/**
 * A copy of what is logged without the fields that hold secrets or contents. Errors are left for `describeError`. (pino's own `redact` is not used: with
 * paths that overlap it changes the object that is logged.)
 */
export const hideFields = (logged: object): Record<string, unknown> => copyOf(logged, 0) as Record<string, unknown>

function copyOf(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Error || value instanceof Date) return value
  if (depth > deepestField) return hidden
  if (Array.isArray(value)) return value.map(part => copyOf(part, depth + 1))
  if ('toJSON' in value && typeof value.toJSON === 'function') return copyOf(value.toJSON(), depth + 1)
  const fields = Object.entries(value)
  return Object.fromEntries(fields.map(([name, field]) => [name, secretFields.has(name.toLowerCase()) ? hidden : copyOf(field, depth + 1)]))
}

/** To the end of a line, or of the JSON string that it stands in. */
const rest = String.raw`(?:\\[^n]|[^"\\])*`

/** What libraries put into their messages: addresses with passwords, and the values that somebody typed. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/"'@\\]+@/gi, `$1${hidden}@`],
  [/(\/(?:links|feeds|unsubscribe)\/)[\w-]+/g, `$1${hidden}`],
  [/\?[\w-]+=[^\s"'\\)]*/g, `?${hidden}`],
  [/\b(Bearer|Basic|ApiKey)\s+[\w.~+/-]+=*/g, `$1 ${hidden}`],
  [/\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, hidden],
  [new RegExp(`(dup key: )${rest}`, 'g'), `$1${hidden}`],
  [new RegExp(`(Preview of field's value: )${rest}`, 'g'), `$1${hidden}`],
  [new RegExp(`(failed for value )${rest}`, 'g'), `$1${hidden}`],
  [/\(`[^`]*`\)|`[^`]*`(?= is not a valid)/g, hidden],
]

/** The last look at a line of the log, a JSON object as text; what comes out is one again. */
export const hideSecrets = (line: string): string => secretTexts.reduce((text, [pattern, shown]) => text.replace(pattern, shown), line)
