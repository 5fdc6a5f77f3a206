import type { Reader } from '../access/accessTokens.ts'
import { pagination } from '../http/pages.ts'
import { openingOf } from './queryLog/openingOf.ts'
import { typedText } from './question/question.ts'
import { addressOf, hiddenFields } from './question/questionAddress.ts'
import type { Question, Understanding } from './question/understanding.ts'
import { reasonsFor } from './reasons.ts'
import { type Answer, deepestHit, type Facet, type Group, pageSize, type SearchService } from './searchService.ts'

const mostRecognised = 8

interface Asked {
  answer: Answer
  question: Question
  hints: readonly string[]
  reader: Reader
  search: SearchService
}

export const plainNotice =
  'The search engine is not answering, so these are simple results by the words of titles. Nothing is lost; try again in a few minutes.'

export const partialNotice =
  'This question took too long, so only a part of what there is was searched. Add a word or a filter to narrow it, or try again.'

/** Everything that views/search/results prints. */
export async function presentSearch({
  answer,
  question,
  hints,
  reader,
  search,
}: Asked): Promise<{ title: string } & Record<string, unknown>> {
  const allHints = [...hints, ...answer.understanding.hints]
  const filled = answer.groups.filter(group => group.total > 0)
  const type = search.types.find(candidate => candidate.type === question.type)
  return {
    title: question.q === '' ? 'Search' : `${question.q.slice(0, 80)} – search`,
    q: question.q,
    ...(question.type === undefined ? {} : { type: question.type, heading: type?.heading }),
    ...(answer.isPlain ? { notice: plainNotice } : answer.isPartial ? { notice: partialNotice } : {}),
    ...(allHints.length > 0 ? { hint: allHints.join(' ') } : {}),
    understood: understood(answer, question),
    recognised: recognised(answer, question, search),
    hidden: hiddenFields(question, (field, slug) => isOffered(answer, field, slug)),
    facets: answer.facets.map(facet => presentFacet(facet, question)),
    groups: await Promise.all(filled.map(group => presentGroup(group, { answer, question, reader, search }))),
    ...(question.type === undefined ? {} : { pagination: pages(filled[0], question) }),
    ...(filled.length === 0 && !answer.understanding.isEmpty ? { empty: nothingFound(question, answer) } : {}),
    ...(isBeyondEnd(filled[0], question) ? { empty: noSuchPage(filled[0], question) } : {}),
    sorts: type?.dateField === undefined ? [] : sorts(question),
  }
}

const isOffered = ({ facets }: Answer, field: string, slug: string) =>
  facets.some(facet => facet.field === field && facet.values.some(value => value.slug === slug))

const understood = ({ understanding }: Answer, question: Question): { label: string; removeHref: string }[] =>
  understanding.chips.map(({ label, without }) => ({ label, removeHref: addressOf(question, { ...without, page: 1 }) }))

/** Names that surely stand in the words, each with the search narrowed to it. */
function recognised({ understanding }: Answer, question: Question, search: SearchService) {
  const sure = understanding.recognised.filter(({ name }) => name.certainty === 1)
  const names = sure.map(({ field, name: { slug, label, said } }) => ({
    label: `${search.directory(field).title.toLowerCase()}: ${label}`,
    ...(said === undefined ? {} : { said }),
    href: addressOf(question, { filters: { ...question.filters, [field]: [...(question.filters[field] ?? []), slug] }, page: 1 }),
  }))
  return names.slice(0, mostRecognised)
}

function presentFacet({ field, title, values }: Facet, question: Question) {
  const chosen = question.filters[field] ?? []
  return {
    name: field,
    title,
    values: values.map(({ slug, label, count }) => ({ value: slug, label, count, checked: chosen.includes(slug) })),
  }
}

async function presentGroup(group: Group, { answer, question, reader, search }: Omit<Asked, 'hints'>) {
  const { type, total, found } = group
  const rows = await type.presentRows(found, search.namer(reader))
  const reasons = reasonsFor(group, answer.understanding)
  const all = question.type === undefined && total > found.length
  const before = question.type === undefined ? 0 : (question.page - 1) * pageSize
  const resultAt = (place: number) => openingOf(type, found[place]?.record._id, before + place + 1)
  return {
    type: type.type,
    heading: type.heading,
    total,
    ...(all
      ? { allHref: addressOf(question, { type: type.type, page: 1 }), allLabel: `All ${total.toLocaleString('en-GB')} ${type.plural}` }
      : {}),
    [type.rowsName]: rows.map((row, place) => ({
      ...row,
      result: resultAt(place),
      ...(reasons === undefined ? {} : { reasons: reasons[place] }),
    })),
  }
}

const lastPage = (group: Group | undefined) => Math.ceil(Math.min(group?.total ?? 0, deepestHit) / pageSize)

const isBeyondEnd = (group: Group | undefined, question: Question) =>
  question.type !== undefined && group !== undefined && question.page > lastPage(group)

function pages(group: Group | undefined, question: Question) {
  const last = lastPage(group)
  return pagination(Math.min(question.page, last + 1), last, page => addressOf(question, { page }))
}

function noSuchPage(group: Group | undefined, question: Question) {
  const last = lastPage(group)
  return {
    heading: `There is no page ${question.page.toLocaleString('en-GB')}`,
    text: 'The results end before it.',
    action: { href: addressOf(question, { page: last }), text: `Go to the last page, ${last.toLocaleString('en-GB')}` },
  }
}

function sorts(question: Question) {
  const current = question.sort ?? 'relevance'
  const choices = [
    { label: 'Best match', sort: 'relevance' as const },
    { label: 'Newest', sort: 'date' as const },
  ]
  return choices.map(({ label, sort }) => ({ label, href: addressOf(question, { sort, page: 1 }), current: sort === current }))
}

function nothingFound(question: Question, { isPlain, understanding }: Answer) {
  const narrowed = understanding.chips.length > 0
  const otherWords = narrowed
    ? 'Take a filter off, or try other words.'
    : 'Try fewer or other words: the name of a product, a system or a skill. Pages that are not shared with you are not searched.'
  const text = isPlain ? 'Only titles and names were searched. Ask for a word of a title, or try again in a few minutes.' : otherWords
  const heading = question.q === '' ? 'Nothing fits these filters' : `Nothing found for “${question.q.slice(0, 100)}”`
  return { heading, text, action: wayOn(question, understanding), ask: askInstead(understanding) }
}

/** Nobody wrote it down: somebody may know. The form is filled in with the words. */
function askInstead({ text, typed = text }: Understanding) {
  const words = typedText(typed)
  return words === '' ? undefined : { text: 'Ask your colleagues for help', href: `/requests/new?${new URLSearchParams({ text: words })}` }
}

/** A wider question, or where one looks without words. */
function wayOn(question: Question, { text, typed = text, chosen, days }: Understanding) {
  const { words, phrases, alternatives = [], excluded } = typed
  const unfiltered = typedText(typed)
  const isFiltered = chosen.length > 0 || days.from !== undefined || days.before !== undefined
  if (isFiltered && unfiltered !== '') {
    const wider = { q: unfiltered, filters: {}, from: undefined, before: undefined, page: 1 }
    return { text: 'Search without the filters', href: addressOf(question, wider) }
  }
  const plain = [...words, ...phrases, ...alternatives.flat()].join(' ')
  if (phrases.length + alternatives.length + excluded.length > 0 && plain !== '')
    return { text: 'Search for these words in any order', href: addressOf(question, { q: plain, page: 1 }) }
  return { text: 'Look through all skills', href: '/skills' }
}
