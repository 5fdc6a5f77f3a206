import { readdirSync } from 'node:fs'
import type { Kind } from './kind.ts'

/** Those of a folder, each exported as `kind` by a file of its own. */
export async function kindsIn(folder: URL): Promise<Kind[]> {
  const files = readdirSync(folder).filter(file => /(?<!\.d)\.[jt]s$/.test(file))
  const defined = await Promise.all(files.map(async file => ((await import(new URL(file, folder).href)) as { kind: Kind }).kind))
  return defined.sort((a, b) => a.place - b.place || (a.id < b.id ? -1 : 1))
}

export const kinds: readonly Kind[] = await kindsIn(new URL('./defined/', import.meta.url))
export const kindIds = kinds.map(({ id }) => id) as [string, ...string[]]
/** By the id that addresses and records use. */
export const kindNames: Readonly<Record<string, string>> = Object.fromEntries(kinds.map(({ id, name }) => [id, name]))

/** Of an article whose kind there is no file of any more, a plain one. */
export const kindOf = (id: string): Kind =>
  kinds.find(kind => kind.id === id) ?? {
    ...{ id, name: id, plural: id, place: 0, template: '', fields: [], reviewMonths: 12, needsApproval: false },
  }

export const kindName = (id: string): string => kindNames[id] ?? id

/** Whether a text is what a new article of some kind starts with, as nobody has touched it. */
export const isTemplate = (text: string): boolean => kinds.some(({ template }) => template !== '' && template.trim() === text.trim())
