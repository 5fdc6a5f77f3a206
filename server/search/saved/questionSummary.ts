import type { Reader } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Question } from '../question/understanding.ts'
import type { SearchService } from '../searchService.ts'

const dayMs = 86_400_000

/** Questions in words, as "vmware · only people · Organisation: Wirral", with the names that the reader may know of; each name is asked for once. */
export async function summariesOf(questions: readonly Question[], reader: Reader, search: SearchService): Promise<string[]> {
  const fields = [...new Set(questions.flatMap(({ filters }) => Object.keys(filters)))]
  const named = await Promise.all(
    fields.map(async field => {
      const slugs = [...new Set(questions.flatMap(({ filters }) => filters[field] ?? []))]
      const found = await search.directory(field).bySlugs(slugs, reader)
      return [field, new Map(found.map(({ slug, label }) => [slug, label]))] as const
    }),
  )
  const labels = new Map(named)
  return questions.map(question => summaryOf(question, labels, search))
}

function summaryOf(
  { q, type, filters, from, before }: Question,
  labels: ReadonlyMap<string, ReadonlyMap<string, string>>,
  search: SearchService,
): string {
  const narrowed = Object.entries(filters).flatMap(([field, slugs]) => {
    const known = slugs.flatMap(slug => labels.get(field)?.get(slug) ?? [])
    return known.length === 0 ? [] : [`${search.directory(field).title}: ${known.join(' or ')}`]
  })
  const plural = search.types.find(candidate => candidate.type === type)?.plural
  return [
    ...(q.trim() === '' ? [] : [q.trim()]),
    ...(plural === undefined ? [] : [`only ${plural}`]),
    ...narrowed,
    ...(from === undefined ? [] : [`from ${longDate(from)}`]),
    ...(before === undefined ? [] : [`until ${longDate(new Date(before.getTime() - dayMs))}`]),
  ].join(' · ')
}
