import { EJSON } from 'bson'

export interface IndexSpec {
  v: number
  key: Record<string, unknown>
  name: string
  unique?: boolean
  [option: string]: unknown
}

/** How a collection was made. */
export interface Metadata {
  options: Record<string, unknown>
  indexes: IndexSpec[]
}

/** As mongodump writes it: canonical Extended JSON, which keeps the types of numbers. */
export function metadataText(collectionName: string, { options, indexes }: Metadata): string {
  return EJSON.stringify({ options, indexes: indexes.map(inOrder), collectionName, type: 'collection' }, { relaxed: false })
}

/** @throws Error that says in the words of "it …" what is wrong */
export function readMetadata(text: string): Metadata {
  const { options, indexes } = parsed(text)
  if (typeof options !== 'object' || options === null || !Array.isArray(indexes)) throw new Error('lacks options or indexes')
  return { options: options as Metadata['options'], indexes: indexes as IndexSpec[] }
}

/** Searchable records say since when the engine's copy is behind. */
export const isSearchable = ({ indexes }: Metadata): boolean => indexes.some(({ key }) => Object.keys(key)[0] === 'pendingSince')

/** The same whichever store it comes from; the namespace of old servers is left out. */
function inOrder({ v, key, name, ns: _ns, ...options }: IndexSpec): IndexSpec {
  return { v, key, name, ...Object.fromEntries(Object.entries(options).sort(([a], [b]) => (a < b ? -1 : 1))) }
}

function parsed(text: string): Record<string, unknown> {
  try {
    return EJSON.parse(text) as Record<string, unknown>
  } catch {
    throw new Error('is no Extended JSON')
  }
}
