import { type Doc, pathParts, valuesAt } from './documentPaths.ts'
import { encodeKey, typeOrder } from './keyEncoding.ts'
import { MongoError } from './mongoError.ts'

export interface SortField {
  path: string
  direction: 1 | -1
}

export function sortFields(sort: Doc | undefined): SortField[] {
  return Object.entries(sort ?? {}).map(([path, direction]) => {
    if (direction !== 1 && direction !== -1)
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)')
    return { path, direction }
  })
}

export const emptyArrayKey = Buffer.from([typeOrder.emptyArray])

/** What a document is sorted by: of an array the smallest element when ascending, the largest when descending. */
export function sortKeys(doc: Doc, fields: readonly SortField[]): Buffer[] {
  return fields.map(({ path, direction }) => {
    const keys = valuesAt(doc, pathParts(path)).flatMap(value => {
      if (!Array.isArray(value)) return [encodeKey(value)]
      return value.length === 0 ? [emptyArrayKey] : value.map(encodeKey)
    })
    const ordered = keys.sort(Buffer.compare)
    return (direction === 1 ? ordered[0] : ordered.at(-1)) ?? encodeKey(null)
  })
}

export function compareSortKeys(a: readonly Buffer[], b: readonly Buffer[], fields: readonly SortField[]): number {
  for (const [position, { direction }] of fields.entries()) {
    const order = Buffer.compare(a[position] as Buffer, b[position] as Buffer)
    if (order !== 0) return direction * order
  }
  return 0
}
