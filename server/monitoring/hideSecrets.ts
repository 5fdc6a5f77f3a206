const hidden = '[hidden]'

/** Fields that are never logged, wherever they stand in what is logged. */
const secretFields = [
  ...['cookie', 'set-cookie', 'authorization', 'password', 'passwordHash', 'secret', 'token', 'tokenHash', 'apiKey', 'session'],
  ...['email', 'q', 'title', 'text', 'body', 'headers'],
]
const deepestField = 4

/** For pino's `redact`: each field at every depth down to `deepestField`. */
export const redaction = {
  censor: hidden,
  paths: secretFields.flatMap(field =>
    Array.from({ length: deepestField }, (_, depth) => `${Array(depth).fill('*').join('.')}["${field}"]`),
  ),
}

/** To the end of a line, or of the JSON string that it stands in. */
const rest = String.raw`(?:\\[^n]|[^"\\])*`

/** What libraries put into their messages: addresses with passwords, and the values that somebody typed. */
const secretTexts: readonly (readonly [RegExp, string])[] = [
  [/([a-z][a-z0-9+.-]*:\/\/)[^\s/"'@\\]+@/gi, `$1${hidden}@`],
  [/(\/links\/)[\w-]+/g, `$1${hidden}`],
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
