import type { Understanding } from '../../../server/search/question/understanding.ts'
import type { SearchService } from '../../../server/search/searchService.ts'
import type { NameDirectory, SearchType } from '../../../server/search/searchType.ts'

const aType = (type: Partial<SearchType>) => type as SearchType

/** What the pure parts of search look at, of three types. */
export const articles = aType({
  type: 'article',
  plural: 'articles',
  contributed: 'wrote',
  dateField: 'publishedAt',
  mapping: {
    text: { title: { weight: 2 }, body: { weight: 1 } },
    keywords: ['author', 'organisation', 'kind', 'skill'],
    dates: ['publishedAt'],
  },
})
export const people = aType({
  type: 'person',
  plural: 'people',
  mapping: { text: { name: { weight: 2 } }, keywords: ['organisation', 'skill', 'skillLevel'], dates: [] },
})
export const answersToRequests = aType({ type: 'answer', plural: 'answers', contributed: 'gave' })

const fields = ['organisation', 'skill', 'kind', 'author']

export const searchOf = {
  types: [people, articles],
  names: fields.map(field => ({ field }) as NameDirectory),
} as unknown as SearchService

export const understood = (part: Partial<Understanding> = {}): Understanding => ({
  text: { words: [], phrases: [], excluded: [] },
  chosen: [],
  days: {},
  chips: [],
  recognised: [],
  hints: [],
  isEmpty: false,
  ...part,
})

export const named = (id: string, certainty = 1) => ({ id, slug: `${id}-slug`, label: id.toUpperCase(), certainty })
