import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { TypedFields } from './fieldReading.ts'
import type { FieldValue, Kind, KindField } from './kind.ts'

/** What the form's field is called: kept apart from the fields that every article has. */
export const formName = (name: string): string => `field-${name}`

/** A component and what it prints, for each field of a kind. */
export function presentFieldForm(kind: Kind, typed: TypedFields, errors: Problems) {
  return kind.fields.map(field => presentField(field, typed[field.name] ?? '', errors[formName(field.name)]))
}

function presentField(field: KindField, value: string, problem: string | undefined) {
  const name = formName(field.name)
  const hint = field.hint === undefined ? {} : { hint: { text: field.hint } }
  const error = problem === undefined ? {} : { errorMessage: { text: problem } }
  const base = { id: name, name, label: { text: field.label }, ...hint, ...error }
  switch (field.type) {
    case 'choice': {
      const items = ['', ...field.choices].map(choice => ({ value: choice, text: choice || 'Not said', selected: choice === value }))
      return { component: 'select', options: { ...base, items } }
    }
    case 'steps':
    case 'targets':
      return { component: 'textarea', options: { ...base, rows: 5, value } }
    case 'date':
      return { component: 'input', options: { ...base, type: 'date', classes: 'govuk-input--width-10', value } }
    case 'number': {
      const suffix = { text: field.unit }
      return { component: 'input', options: { ...base, inputmode: 'decimal', classes: 'govuk-input--width-5', suffix, value } }
    }
    case 'line':
      return { component: 'input', options: { ...base, value } }
  }
}

/** The fields that have something in them: lists have several lines. */
export function presentFields(kind: Kind, values: readonly FieldValue[]) {
  const filled = kind.fields.map(field => ({ field, lines: linesOf(field, values) })).filter(({ lines }) => lines.length > 0)
  return filled.map(({ field: { label, type }, lines }) => ({ label, lines, isList: type === 'steps' || type === 'targets' }))
}

export const linesOf = (field: KindField, values: readonly FieldValue[]): string[] =>
  values.filter(({ name }) => name === field.name).map(value => shown(field, value))

function shown(field: KindField, { text = '', number, unit, date }: FieldValue): string {
  if (field.type === 'date') return date === undefined ? '' : longDate(date)
  if (field.type === 'number') return `${number?.toLocaleString('en-GB')} ${field.unit}`
  return field.type === 'targets' ? `${text}: ${number?.toLocaleString('en-GB')} ${unit}` : text
}

/** All that the fields say, a line each: searched beside the text. */
export const fieldsText = (kind: Kind, values: readonly FieldValue[]): string =>
  kind.fields.flatMap(field => linesOf(field, values)).join('\n')

/** The field that says when what the article says ends, where a kind has one. */
const endField = ({ fields }: Kind): KindField | undefined => fields.find(field => field.type === 'date' && field.ends)

export const hasEnd = (kind: Kind): boolean => endField(kind) !== undefined

export const endOf = (kind: Kind, values: readonly FieldValue[]): Date | undefined =>
  values.find(({ name }) => name === endField(kind)?.name)?.date
