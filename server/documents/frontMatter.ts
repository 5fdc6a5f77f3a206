import { parse, stringify } from 'yaml'

/** A text with what is said of it, in YAML between two lines of dashes. */
export interface FrontMatter {
  fields: Record<string, unknown>
  text: string
}

/** What is undefined is left out. */
export function withFrontMatter({ fields, text }: FrontMatter): string {
  const said = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  return `---\n${stringify(said, { lineWidth: 0, aliasDuplicateObjects: false })}---\n\n${text}\n`
}

const opening = /^---[ \t]*\n/
const closing = /^(---|\.\.\.)[ \t]*(\n|$)/m

/** What is no YAML, or no mapping, is text. */
export function readFrontMatter(file: string): FrontMatter {
  const whole = file.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n')
  const begun = opening.exec(whole)
  const rest = begun === null ? '' : whole.slice(begun[0].length)
  const ended = closing.exec(rest)
  const fields = ended === null ? undefined : mappingIn(rest.slice(0, ended.index))
  if (ended === null || fields === undefined) return { fields: {}, text: whole }
  return { fields, text: rest.slice(ended.index + ended[0].length).replace(/^\n/, '') }
}

const mostAliases = 20

function mappingIn(yaml: string): Record<string, unknown> | undefined {
  try {
    const read: unknown = parse(yaml, { maxAliasCount: mostAliases, schema: 'core', logLevel: 'error' })
    return typeof read === 'object' && read !== null && !Array.isArray(read) ? (read as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}
