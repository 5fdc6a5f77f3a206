import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { addressOf } from '../question/questionAddress.ts'
import type { Found, SearchService } from '../searchService.ts'
import type { SearchType } from '../searchType.ts'
import { mostMatches, stillThere } from './matches.ts'
import { summariesOf } from './questionSummary.ts'
import { savedQuestion } from './savedQuestion.ts'
import { type KeptSearch, mostSaved } from './savedSearches.ts'
import type { Alert, SavedSearch } from './savedSearchModel.ts'

type Typed = Record<string, unknown>

export const listPage = '/saved-searches'
const mostShown = 50
const longestName = 80
const alertTexts: Record<Alert, string> = { none: 'No', daily: 'Once a day', weekly: 'Once a week' }
const alertFacts: Record<Alert, string> = { none: '', daily: 'new matches once a day', weekly: 'new matches once a week' }

export const pageOf = ({ _id }: Pick<SavedSearch, '_id'>) => `${listPage}/${_id}`

/** Of what was new, how much the reader may still see. */
export function newCount({ fresh }: Pick<SavedSearch, 'fresh'>, there: ReadonlyMap<SearchType, readonly Found[]>): number {
  return [...there].flatMap(([{ type }, found]) => found.filter(({ record }) => fresh.includes(`${type}:${record._id}`))).length
}

/** Everything that views/search/saved/list prints. */
export async function presentSavedSearches(saved: readonly KeptSearch[], reader: SignedInPerson, { search }: Services) {
  const [summaries, there] = await Promise.all([
    summariesOf(
      saved.map(({ query }) => savedQuestion(query, search)),
      reader,
      search,
    ),
    stillThere([...new Set(saved.flatMap(({ fresh }) => fresh))], reader, search.types),
  ])
  return {
    title: 'Saved searches',
    most: mostSaved,
    searches: saved.map((one, position) => ({
      name: one.name,
      runHref: `/search?${one.query}`,
      facts: [summaries[position], alertFacts[one.alert]].filter(fact => fact),
      warning: warningOf(one, search),
      changeHref: `${pageOf(one)}/edit`,
      removeAction: `${pageOf(one)}/delete`,
      ...newsOf(one, newCount(one, there)),
    })),
  }
}

const newsOf = (one: KeptSearch, count: number) =>
  count === 0
    ? {}
    : {
        news: {
          href: pageOf(one),
          text: one.openedAt === undefined ? `${count} new` : 'Last new matches',
          isUnread: one.openedAt === undefined,
        },
      }

/** Why nothing new is told of, where that is so. */
function warningOf({ tooMany, alert }: KeptSearch, search: SearchService): string {
  if (tooMany.length === 0 || alert === 'none') return ''
  const plurals = search.types.filter(({ type }) => tooMany.includes(type)).map(({ plural }) => plural)
  const most = mostMatches.toLocaleString('en-GB')
  return `It finds more than ${most} ${plurals.join(' and ')}, so new ones are not noticed. Narrow it by a phrase or a filter, and save that.`
}

/** Everything that views/search/saved/matches prints. */
export async function presentNewMatches(saved: KeptSearch, reader: SignedInPerson, { search }: Services) {
  const there = await stillThere(saved.fresh, reader, search.types)
  const groups = [...there].map(async ([type, found]) => ({
    type: type.type,
    heading: type.heading,
    total: found.length,
    [type.rowsName]: await type.presentRows(found.slice(0, mostShown), search.namer(reader)),
  }))
  return {
    title: `New in “${saved.name}”`,
    found: saved.foundAt === undefined ? '' : longDate(saved.foundAt),
    ...(saved.foundAt === undefined || saved.openedAt !== undefined
      ? {}
      : { looked: { action: `${pageOf(saved)}/looked`, found: saved.foundAt.toISOString() } }),
    mostShown,
    groups: await Promise.all(groups),
    warning: warningOf(saved, search),
    runHref: `/search?${saved.query}`,
  }
}

/** Everything that views/search/saved/form prints, for a question that is not saved yet. */
export async function presentNewForm(reader: SignedInPerson, { search }: Services, typed: Typed, errors: Problems) {
  const query = typeof typed.query === 'string' ? typed.query : ''
  const question = savedQuestion(query, search)
  const [summary = ''] = await summariesOf([question], reader, search)
  const named = { name: question.q.trim() === '' ? summary.slice(0, longestName) : question.q.trim().slice(0, longestName), alert: 'daily' }
  return {
    ...presentForm({ ...named, ...typed }, errors),
    title: 'Save this search',
    action: listPage,
    query,
    summary,
    runHref: addressOf(question),
    backHref: addressOf(question),
    backText: 'Results',
  }
}

/** The same for one that is. */
export async function presentChangeForm(saved: KeptSearch, reader: SignedInPerson, { search }: Services, typed: Typed, errors: Problems) {
  const [summary = ''] = await summariesOf([savedQuestion(saved.query, search)], reader, search)
  return {
    ...presentForm(typed, errors),
    title: 'Change a saved search',
    action: pageOf(saved),
    removeAction: `${pageOf(saved)}/delete`,
    summary,
    runHref: `/search?${saved.query}`,
    backHref: listPage,
    backText: 'Saved searches',
  }
}

const presentForm = ({ name, alert }: Typed, errors: Problems) => ({
  name,
  alerts: Object.entries(alertTexts).map(([value, text]) => ({ value, text, checked: value === alert })),
  errors,
})
