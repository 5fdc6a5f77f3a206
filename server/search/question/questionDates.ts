/** Days that a question is narrowed to, half-open. */
export interface Days {
  from?: Date
  before?: Date
}

export const dateFields = ['after', 'before'] as const
export type DateField = (typeof dateFields)[number]

/** Years that every engine takes. */
const period = /^([12]\d{3})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** The first instant of a year, a month or a day: 2025, 2025-03, 2025-03-15; undefined for anything else. */
export function beginningOf(text: string): Date | undefined {
  const [, year, month = '01', day = '01'] = period.exec(text) ?? []
  if (year === undefined) return undefined
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}` ? date : undefined
}

/** Both must hold. */
export function within(a: Days, b: Days): Days {
  const from = [a.from, b.from].filter(date => date !== undefined)
  const before = [a.before, b.before].filter(date => date !== undefined)
  return {
    ...(from.length === 0 ? {} : { from: new Date(Math.max(...from.map(Number))) }),
    ...(before.length === 0 ? {} : { before: new Date(Math.min(...before.map(Number))) }),
  }
}
