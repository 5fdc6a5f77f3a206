import { readDate } from '../../imports/readDate.ts'
import { readFields, typedFields } from './fieldReading.ts'
import type { FieldValue, Kind, KindField } from './kind.ts'

/**
 * The fields of a row, by name: text, a number, a day (relative ones too), a list of steps, or of targets as they are typed. Those that the row leaves
 * out stay as they are.
 * @throws what `refuse` makes of the first that cannot be read
 */
export function importedFields(
  kind: Kind,
  given: Readonly<Record<string, unknown>>,
  { existing, now, refuse }: { existing: readonly FieldValue[]; now: Date; refuse: (reason: string) => Error },
): FieldValue[] {
  const unknown = Object.keys(given).find(name => !kind.fields.some(field => field.name === name))
  const known = kind.fields.map(({ name }) => name).join(', ')
  if (unknown !== undefined) throw refuse(`fields has "${unknown.slice(0, 60)}"; ${kind.name.toLowerCase()} has ${known}`)
  const rewritten = kind.fields.flatMap(field => (field.name in given ? [[field.name, asTyped(field, given[field.name], now)]] : []))
  const { fields, problems } = readFields(kind, { ...typedFields(kind, existing), ...Object.fromEntries(rewritten) })
  const [problem] = Object.entries(problems)
  if (problem !== undefined) throw refuse(`fields, ${problem[0]}: ${problem[1]}`)
  return fields
}

function asTyped({ type }: KindField, given: unknown, now: Date): string {
  if (given === null || given === undefined) return ''
  if (type === 'date') return readDate(given, now)?.toISOString().slice(0, 10) ?? String(given)
  return Array.isArray(given) ? given.map(String).join('\n') : String(given)
}
