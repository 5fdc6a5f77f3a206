import { isDeepStrictEqual } from 'node:util'

/** Those of the wanted fields that the record does not have as they are wanted; undefined when it has all. */
export function changedFields<R extends object>(record: R, wanted: Partial<R>): Partial<R> | undefined {
  const changed = Object.entries(wanted).filter(
    ([field, value]) => value !== undefined && !isDeepStrictEqual(record[field as keyof R], value),
  )
  return changed.length === 0 ? undefined : (Object.fromEntries(changed) as Partial<R>)
}

/** Without the fields that are undefined: what a row leaves out stays as it is. */
export function given<T extends object>(fields: { [K in keyof T]?: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>
}
