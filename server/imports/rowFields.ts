import { z } from 'zod'
import { plainWords } from '../storage/titleWords.ts'

const control = /(?![\n\t\r])\p{Cc}/gu
const count = (number: number) => number.toLocaleString('en-GB')

/** Numbers are taken as text: an id may be 7 or "7". */
const text = z.union([z.string(), z.number().transform(String)], 'must be text')
const clean = (value: string) => value.toWellFormed().replace(control, '')
const oneLine = (value: string) => clean(value).replace(/\s+/g, ' ').trim()
const atMost = (longest: number) => z.string().max(longest, `is longer than ${count(longest)} characters`)

export const sourceId = text.transform(oneLine).pipe(z.string().min(1, 'is empty').max(200, 'is longer than 200 characters'))
export const neededLine = (longest = 200) => text.transform(oneLine).pipe(atMost(longest).min(1, 'is empty'))
export const givenLine = (longest = 200) => text.transform(oneLine).pipe(atMost(longest)).optional()
export const givenText = (longest: number) =>
  text
    .transform(value => clean(value).replace(/\r\n?/g, '\n').trimEnd())
    .pipe(atMost(longest))
    .optional()

/** A list; in a CSV cell its parts stand between semicolons. */
export const givenList = (most = 200) =>
  z
    .preprocess(
      value => (typeof value === 'string' ? value.split(';') : value),
      z.array(text.transform(oneLine), 'must be a list').max(most, `has more than ${most} parts`),
    )
    .transform(parts => [...new Set(parts.filter(part => part !== ''))])
    .optional()

/** One of the values, in any spelling of capitals, spaces and hyphens: "How-to", "how to". */
export const givenChoice = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .preprocess(
      given => values.find(value => spelling(value) === spelling(String(given))) ?? given,
      z.enum(values, `must be one of: ${values.join(', ')}`),
    )
    .optional()

export const severalChoices = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .preprocess(value => (typeof value === 'string' ? value.split(';') : value), z.array(givenChoice(values).unwrap(), 'must be a list'))
    .optional()

const spelling = (value: string) => plainWords(value).join(' ')

/**
 * A row read by its schema, or all that is wrong with it in one line. A field without a value (null in JSON) counts as not given.
 */
export function readRow<Row>(schema: z.ZodType<Row>, type: string, cells: Record<string, unknown>): { row: Row } | { problem: string } {
  const given = Object.fromEntries(Object.entries(cells).filter(([, value]) => value !== null))
  const read = schema.safeParse(given)
  if (read.success) return { row: read.data }
  return { problem: read.error.issues.map(issue => problemOf(issue, type, given)).join('; ') }
}

function problemOf(issue: z.core.$ZodIssue, type: string, given: Record<string, unknown>): string {
  if (issue.code === 'unrecognized_keys') return `${issue.keys.map(key => `"${key}"`).join(', ')} is not a field of ${type}`
  const field = String(issue.path[0] ?? 'the row')
  return `${field} ${Object.hasOwn(given, field) ? issue.message : 'is missing'}`
}
