import { readDate } from '../../imports/readDate.ts'
import { isLocalDate } from '../../people/absence.ts'
import type { FieldValue, Kind, KindField } from './kind.ts'

const longestLine = 500
const mostLines = 100
const target = /^(?<what>.+): *(?<number>-?\d[\d,]*(?:\.\d+)?) *(?<unit>\D.*)?$/

/** What is typed in the fields of a kind, by their names. */
export type TypedFields = Readonly<Record<string, string>>

/** @returns what is kept, and one problem for each field that cannot be read */
export function readFields(kind: Kind, typed: TypedFields): { fields: FieldValue[]; problems: Record<string, string> } {
  const problems: Record<string, string> = {}
  const fields = kind.fields.flatMap(field => {
    const read = readField(field, (typed[field.name] ?? '').replace(/\r\n?/g, '\n').trim())
    if (!('problem' in read)) return read
    problems[field.name] = read.problem
    return []
  })
  return { fields, problems: { ...datesInOrder(kind, fields), ...problems } }
}

function readField(field: KindField, typed: string): FieldValue[] | { problem: string } {
  const { name, label } = field
  if (typed === '') return []
  switch (field.type) {
    case 'line':
      return typed.length > longestLine ? tooLong(label) : [{ name, text: typed.replace(/\s+/g, ' ') }]
    case 'choice':
      return field.choices.includes(typed) ? [{ name, text: typed }] : { problem: `Choose the ${label.toLowerCase()} from the list` }
    case 'number': {
      const number = numberIn(typed)
      return number === undefined ? { problem: `${label} must be a number of ${field.unit}, like 30` } : [{ name, number }]
    }
    case 'date': {
      const date = typedDay(typed)
      return date === undefined ? { problem: `${label} must be a day, like 2027-03-31` } : [{ name, date }]
    }
    case 'steps':
    case 'targets':
      return readLines(field, typed)
  }
}

function readLines({ name, label, type }: KindField, typed: string): FieldValue[] | { problem: string } {
  const lines = typed
    .split('\n')
    .map(line => line.replace(/\s+/g, ' ').trim())
    .filter(line => line !== '')
  if (lines.length > mostLines) return { problem: `${label} can have ${mostLines} lines at most` }
  const long = lines.find(line => line.length > longestLine)
  if (long !== undefined) return tooLong(`In ${label.toLowerCase()} the line “${long.slice(0, 40)}…”`)
  if (type === 'steps') return lines.map(text => ({ name, text }))
  const values: FieldValue[] = []
  for (const line of lines) {
    const { what, number, unit } = target.exec(line)?.groups ?? {}
    const value = number === undefined ? undefined : numberIn(number)
    if (what === undefined || value === undefined || !unit)
      return { problem: `“${line.slice(0, 60)}” lacks a figure with its unit. Write it like: Availability: 99.5 %` }
    values.push({ name, text: what, number: value, unit })
  }
  return values
}

function datesInOrder({ fields }: Kind, values: readonly FieldValue[]): Record<string, string> {
  const dateOf = (name: string) => values.find(value => value.name === name)?.date
  const problems: Record<string, string> = {}
  for (const field of fields) {
    if (field.type !== 'date' || field.after === undefined) continue
    const [date, before] = [dateOf(field.name), dateOf(field.after)]
    const { label } = fields.find(({ name }) => name === field.after) ?? field
    if (date !== undefined && before !== undefined && date <= before)
      problems[field.name] = `The ${field.label.toLowerCase()} must be after the ${label.toLowerCase()}`
  }
  return problems
}

/** As browsers send it, or as people write it; its first instant in UTC. */
function typedDay(typed: string): Date | undefined {
  if (isLocalDate(typed)) return new Date(typed)
  return /^\d{1,2}[/.]\d{1,2}[/.]\d{4}$/.test(typed) ? readDate(typed, new Date(0)) : undefined
}

function numberIn(typed: string): number | undefined {
  const plain = typed.replaceAll(',', '')
  const number = Number(plain)
  return /^-?\d+(\.\d+)?$/.test(plain) && Math.abs(number) < 1e12 ? number : undefined
}

const tooLong = (what: string) => ({ problem: `${what} is too long: use ${longestLine} characters or fewer` })

/** The values of an article as they would be typed. */
export function typedFields(kind: Kind, values: readonly FieldValue[]): TypedFields {
  const typed = kind.fields.map(
    field =>
      [
        field.name,
        ofField(field, values)
          .map(value => typedValue(field, value))
          .join('\n'),
      ] as const,
  )
  return Object.fromEntries(typed)
}

const ofField = ({ name }: KindField, values: readonly FieldValue[]) => values.filter(value => value.name === name)

function typedValue({ type }: KindField, { text = '', number, unit, date }: FieldValue): string {
  if (type === 'date') return date === undefined ? '' : date.toISOString().slice(0, 10)
  if (type === 'number') return number === undefined ? '' : String(number)
  return type === 'targets' ? `${text}: ${number} ${unit}` : text
}
