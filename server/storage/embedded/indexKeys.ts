import type { IndexDefinition } from './catalogue.ts'
import { type Doc, pathParts, valuesAt } from './documentPaths.ts'
import { encodeKey, inverted } from './keyEncoding.ts'
import { MongoError } from './mongoError.ts'
import { emptyArrayKey } from './sorting.ts'

/** Each way in which a document stands in an index: one key, or one for each element of an array. */
export function indexKeys(index: IndexDefinition, doc: Doc): { keys: Buffer[]; multikey: boolean } {
  if (index.partial?.matches(doc) === false) return { keys: [], multikey: false }
  const fields = index.keys.map(({ path }) => fieldKeys(doc, path))
  if (index.sparse && fields.every(({ missing }) => missing)) return { keys: [], multikey: false }
  if (fields.filter(({ multikey }) => multikey).length > 1)
    throw new MongoError(171, `cannot index parallel arrays [${index.keys.map(({ path }) => path).join('] [')}]`)
  let keys: Buffer[] = [Buffer.alloc(0)]
  for (const [position, { values }] of fields.entries()) {
    const parts = index.keys[position]?.direction === -1 ? values.map(inverted) : values
    keys = keys.flatMap(prefix => parts.map(part => Buffer.concat([prefix, part])))
  }
  const different = new Map(keys.map(key => [key.toString('latin1'), key]))
  return { keys: [...different.values()], multikey: fields.some(({ multikey }) => multikey) }
}

function fieldKeys(doc: Doc, path: string): { values: Buffer[]; multikey: boolean; missing: boolean } {
  const values = valuesAt(doc, pathParts(path))
  const multikey = values.length > 1 || values.some(Array.isArray)
  const keys = values.flatMap(value => {
    if (!Array.isArray(value)) return [encodeKey(value)]
    return value.length === 0 ? [emptyArrayKey] : value.map(encodeKey)
  })
  return { values: keys.length === 0 ? [encodeKey(null)] : keys, multikey, missing: values.every(value => value === undefined) }
}
