import { pageNumber } from '../../http/pages.ts'
import { deepestHit, pageSize, type SearchService } from '../searchService.ts'
import type { Question, QuestionChange } from './understanding.ts'

/** Years that every engine takes. */
const day = /^[12]\d{3}-\d{2}-\d{2}$/
const mostValues = 50

/** Reads a question from an address. What makes no sense is left out, and said where somebody could miss it. */
export function questionOf(query: Readonly<Record<string, unknown>>, search: SearchService): { question: Question; hints: string[] } {
  const hints: string[] = []
  const type = one(query.type)
  const known = type === undefined || search.types.some(candidate => candidate.type === type)
  if (!known) hints.push(`There is nothing of the type “${type.slice(0, 40)}” to search: everything was searched.`)
  const from = dayOf(query.from, 'from', hints)
  const to = dayOf(query.to, 'to', hints)
  if (from !== undefined && to !== undefined && from > to) hints.push('The first day is after the last, so nothing can be found.')
  const question: Question = {
    q: one(query.q) ?? '',
    ...(known && type !== undefined ? { type } : {}),
    filters: filtersOf(query, search),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { before: new Date(to.getTime() + 86_400_000) }),
    ...(query.sort === 'date' ? { sort: 'date' as const } : {}),
    page: pageNumber(query.page),
  }
  if (question.page * pageSize > deepestHit) {
    hints.push(`Only the first ${deepestHit.toLocaleString('en-GB')} results can be paged through: add a word or a filter to narrow them.`)
    question.page = deepestHit / pageSize
  }
  return { question, hints }
}

/** The address of a question, with some of it changed. */
export function addressOf(question: Question, change: QuestionChange = {}): string {
  const { q, type, filters, from, before, sort, page } = { ...question, ...change }
  const address = new URLSearchParams()
  if (q !== '') address.set('q', q)
  if (type) address.set('type', type)
  for (const [field, slugs] of Object.entries(filters)) for (const slug of slugs) address.append(field, slug)
  if (from) address.set('from', isoDay(from))
  if (before) address.set('to', isoDay(new Date(before.getTime() - 86_400_000)))
  if (sort === 'date') address.set('sort', sort)
  if (page > 1) address.set('page', String(page))
  return `/search?${address}`
}

/** The question as form fields, without what the form itself asks for: the values of filters that it offers. */
export function hiddenFields(
  { q, type, filters, from, before, sort }: Question,
  isOffered: (field: string, slug: string) => boolean,
): { name: string; value: string }[] {
  const fields = {
    q,
    type,
    from: from && isoDay(from),
    to: before && isoDay(new Date(before.getTime() - 86_400_000)),
    sort: sort === 'date' ? sort : undefined,
  }
  const chosen = Object.entries(filters).flatMap(([name, slugs]) =>
    slugs.filter(slug => !isOffered(name, slug)).map(value => ({ name, value })),
  )
  return [...Object.entries(fields).flatMap(([name, value]) => (value ? [{ name, value }] : [])), ...chosen]
}

function filtersOf(query: Readonly<Record<string, unknown>>, search: SearchService): Record<string, string[]> {
  const given = search.names.map(({ field }) => [field, several(query[field])] as const)
  return Object.fromEntries(given.filter(([, slugs]) => slugs.length > 0))
}

function dayOf(value: unknown, name: string, hints: string[]): Date | undefined {
  const text = one(value)
  if (text === undefined || text === '') return undefined
  const date = day.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (date !== undefined && !Number.isNaN(date.getTime()) && isoDay(date) === text) return date
  hints.push(`“${text.slice(0, 40)}” is not a day, so “${name}” was left out. Write it as 2026-03-31.`)
  return undefined
}

const one = (value: unknown): string | undefined => several(value)[0]

const several = (value: unknown): string[] =>
  [value]
    .flat()
    .filter((text): text is string => typeof text === 'string')
    .slice(0, mostValues)

const isoDay = (date: Date) => date.toISOString().slice(0, 10)
