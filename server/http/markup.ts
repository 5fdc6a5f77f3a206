import ejs from 'ejs'

/** What components are written with. The rules for attributes and content are those of GOV.UK Frontend's own templates. */

type Attribute = unknown | { value: unknown; optional?: boolean }
type Textual = { text?: unknown; html?: string } | string

const isBlank = (value: unknown) => value === undefined || value === null || value === false

/** The attributes that somebody gave a component: text as it is, or name and value; `{ value, optional: true }` is left out when blank. */
export function attributes(given: Record<string, Attribute> | string = {}): string {
  if (typeof given === 'string') return given === '' || given.startsWith(' ') ? given : ` ${given}`
  return Object.entries(given)
    .map(([name, item]) => attribute(name, item))
    .join('')
}

function attribute(name: string, item: Attribute): string {
  const isChoice = typeof item === 'object' && item !== null && 'value' in item
  const { value, optional: isOptional = false } = (isChoice ? item : { value: item }) as { value: unknown; optional?: boolean }
  if (!isOptional) return ` ${name}="${ejs.escapeXML(value)}"`
  return optional({ [name]: value })
}

/** Attributes that are there only when they have a value; `true` prints the bare name. */
export function optional(given: Record<string, unknown>): string {
  const present = Object.entries(given).filter(([, value]) => !isBlank(value))
  return present.map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${ejs.escapeXML(value)}"`)).join('')
}

export const classes = (...names: unknown[]): string => ejs.escapeXML(names.filter(Boolean).join(' '))

/** Where GOV.UK takes `{ text }`, plain text does too. */
export const textual = (thing: Textual | undefined): Exclude<Textual, string> =>
  typeof thing === 'string' ? { text: thing } : (thing ?? {})

/** `html` as it is, else `text` escaped. */
export function content(thing: Textual | undefined): string {
  const { html, text } = textual(thing)
  return html ? html.trim() : ejs.escapeXML(text)
}

/** The ids of the hint and the error of a field, for aria-describedby. */
export function describedBy(options: { describedBy?: string; hint?: unknown; errorMessage?: unknown }, id: string): string | undefined {
  const ids = [options.describedBy, options.hint && `${id}-hint`, options.errorMessage && `${id}-error`]
  return ids.filter(Boolean).join(' ') || undefined
}
