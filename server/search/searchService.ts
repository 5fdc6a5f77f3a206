import type { Logger } from 'pino'
import type { Reader } from '../access/accessTokens.ts'
import { type Clock, systemClock } from '../clock.ts'
import { Unavailable } from '../failures.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import { Breaker } from './breaker.ts'
import type { ConfirmedSkills } from './confirmedSkills.ts'
import { Evidence } from './evidence.ts'
import { findInMongo } from './fallback.ts'
import type { Encoder } from './meaning/encoder.ts'
import { withPassages } from './meaning/matchedPassages.ts'
import { type Near, QuestionMeaning } from './meaning/questionMeaning.ts'
import { answers, askedOf, askedOfPeople } from './queryBuilder.ts'
import { wordsInstead } from './queryLog/loggedWords.ts'
import { hasWords } from './question/queryWords.ts'
import { QuestionBudget } from './question/questionBudget.ts'
import { askedSkills, type Question, type Understanding, understand } from './question/understanding.ts'
import { type Rewording, reworded } from './rewording.ts'
import type { FacetRequest, FacetValue, SearchAnswer, SearchEngine, SearchQuery } from './searchEngine.ts'
import { type FoundRecord, type NameDirectory, type NamedRecord, type Namer, personType, type SearchType } from './searchType.ts'
import { Speller } from './spelling/speller.ts'

export const pageSize = 20
export const bestFew = 5
/** Further than this nobody pages; what was asked is too wide then. */
export const deepestHit = 10_000

export type Found = FoundRecord

export interface Group {
  type: SearchType
  total: number
  found: Found[]
  /** Per person what of theirs matched. */
  evidence?: Evidence
}

export interface Facet {
  field: string
  title: string
  values: (NamedRecord & { count: number })[]
}

export interface Answer {
  understanding: Understanding
  groups: Group[]
  facets: Facet[]
  /** The engine is not answering: this came from MongoDB, by title words. */
  isPlain: boolean
  /** Time ran out: there may be more, and better ones. */
  isPartial: boolean
}

/** A question on its way to the engine. */
interface Asking {
  understanding: Understanding
  question: Question
  reader: Reader
  budget: Pick<SearchEngine, 'search'>
  /** Where it is asked by meaning too. */
  meaning: QuestionMeaning | undefined
}

/** What of all that matches is given, and what is said of it. */
type Wanted = Pick<SearchQuery, 'from' | 'size' | 'facets' | 'highlight'>

/** One type's answer beside the page of results; without a group where the type cannot have what is asked. */
export interface Best {
  understanding: Understanding
  group?: Group
  isPartial: boolean
}

interface Collaborators {
  types: readonly SearchType[]
  names: readonly NameDirectory[]
  rewordings?: readonly Rewording[]
  confirmedSkills?: readonly ConfirmedSkills[]
  engine: SearchEngine
  /** Where records are found by meaning. */
  encoder?: Encoder | undefined
  log: Logger
  clock?: Clock
  /** Told after each search who answered it and how long that took. */
  searched?: (answeredBy: 'engine' | 'database', seconds: number) => void
}

/** Finds pages and people, always through the readers filter of whoever asks. */
export class SearchService {
  readonly types: readonly SearchType[]
  readonly names: readonly NameDirectory[]
  private readonly rewordings: readonly Rewording[]
  private readonly confirmedSkills: readonly ConfirmedSkills[]
  private readonly speller: Speller
  private readonly engine: SearchEngine
  private readonly encoder: Encoder | undefined
  private readonly breaker: Breaker
  private readonly clock: Clock
  private readonly log: Logger
  private readonly searched: NonNullable<Collaborators['searched']>

  constructor({ types, names, engine, encoder, log, clock = systemClock, searched = () => undefined, ...collaborators }: Collaborators) {
    const { rewordings = [], confirmedSkills = [] } = collaborators
    this.types = [...types.filter(({ type }) => type === personType), ...types.filter(({ type }) => type !== personType)]
    this.names = names
    this.rewordings = rewordings
    this.confirmedSkills = confirmedSkills
    this.engine = engine
    this.encoder = encoder
    this.speller = new Speller({ engine, aliases: this.types.map(({ type }) => type), names, rewordings })
    this.log = log
    this.breaker = new Breaker(clock)
    this.clock = clock
    this.searched = searched
  }

  /** Whether the engine failed a moment ago, so that MongoDB answers. */
  get isPausing(): boolean {
    return this.breaker.isOpen
  }

  /** Groups of the best few, or one type in pages. Never fails because the engine does. */
  async search(reader: Reader, question: Question): Promise<Answer> {
    const began = performance.now()
    const answer = await this.answer(reader, question)
    if (!answer.understanding.isEmpty) this.searched(answer.isPlain ? 'database' : 'engine', (performance.now() - began) / 1_000)
    return answer
  }

  /** The best of one type, at most 1,000, with neither facets nor highlights; undefined while the engine does not answer. */
  async best(reader: Reader, question: Question & { type: string }, most: number): Promise<Best | undefined> {
    const understanding = await this.spelled(question, reader)
    const type = this.types.find(candidate => candidate.type === question.type && answers(candidate, understanding))
    if (type === undefined || understanding.isEmpty) return { understanding, isPartial: false }
    const budget = new QuestionBudget(this.engine)
    try {
      const asking = { understanding, question, reader, budget, meaning: this.meaningOf(understanding, budget) }
      const { group } = await this.breaker.call(() => this.group(type, asking, { from: 0, size: most }))
      return { understanding, group, isPartial: budget.isPartial }
    } catch (error) {
      if (error instanceof Unavailable) return undefined
      throw error
    }
  }

  /** What a search for these words looks for in their place, since nobody wrote some of them; undefined when it is these, or while the engine is away. */
  async insteadOf(reader: Reader, words: string): Promise<string | undefined> {
    if (this.isPausing) return undefined
    const asked = await understand({ q: words, filters: {}, page: 1 }, this.names, reader)
    const respelled = await this.speller.respell(asked, reader)
    return respelled === undefined ? undefined : wordsInstead(respelled)
  }

  private async spelled(question: Question, reader: Reader): Promise<Understanding> {
    const asked = await understand(question, this.names, reader)
    const respelled = asked.isEmpty || this.isPausing ? undefined : await this.speller.respell(asked, reader)
    return this.reworded(respelled ?? asked, reader)
  }

  private reworded(understanding: Understanding, reader: Reader): Promise<Understanding> {
    return reworded(understanding, { rewordings: this.rewordings, names: this.names, reader })
  }

  /** Most questions are spelled as what they look for, so they are searched meanwhile; one that is not is searched again. */
  private async answer(reader: Reader, question: Question): Promise<Answer> {
    const asked = await understand(question, this.names, reader)
    if (asked.isEmpty) return { understanding: asked, groups: [], facets: [], isPlain: false, isPartial: false }
    const budget = new QuestionBudget(this.engine)
    const answerTo = async (understanding: Understanding) =>
      this.answerTo({ understanding: await this.reworded(understanding, reader), question, reader, budget })
    const [answer, respelled] = await Promise.all([answerTo(asked), this.isPausing ? undefined : this.speller.respell(asked, reader)])
    return respelled === undefined || answer.isPlain ? answer : answerTo(respelled)
  }

  private async answerTo({
    understanding,
    question,
    reader,
    budget,
  }: Omit<Asking, 'meaning'> & { budget: QuestionBudget }): Promise<Answer> {
    const types = this.types.filter(type => (question.type === undefined || type.type === question.type) && answers(type, understanding))
    try {
      const asking = { understanding, question, reader, budget, meaning: this.meaningOf(understanding, budget) }
      const parts = await this.breaker.call(() => Promise.all(types.map(type => this.group(type, asking, pageOf(type, question)))))
      return {
        understanding,
        groups: parts.map(part => part.group),
        facets: await this.facets([...new Set(types.flatMap(type => type.facets))], parts, reader),
        isPlain: false,
        isPartial: budget.isPartial,
      }
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error
      this.log.warn({ err: error }, 'search answers from the database: the search engine does not answer')
      return this.plainAnswer(types, understanding, question, reader)
    }
  }

  /**
   * The values of a field that most records of a type have, as far as the reader may see both; none while the engine does not answer.
   * @param narrowed  `since`: only records of this date or later
   */
  async mostFrequent(
    reader: Reader,
    type: string,
    field: string,
    most: number,
    { since }: { since?: Date } = {},
  ): Promise<Facet['values']> {
    const counted = await this.counted(reader, type, field, this.since(type, since))
    return ((await this.facets([field], [{ facets: { [field]: counted } }], reader))[0]?.values ?? []).slice(0, most)
  }

  /** How many records of a type have each of the values, at most 100, as far as the reader may see them; none while the engine does not answer. */
  async howOften(
    reader: Reader,
    type: string,
    field: string,
    values: readonly string[],
    { since }: { since?: Date } = {},
  ): Promise<ReadonlyMap<string, number>> {
    if (values.length === 0) return new Map()
    const counted = await this.counted(reader, type, { field, values }, this.since(type, since))
    return new Map(counted.map(({ value, count }) => [value, count]))
  }

  private since(type: string, from?: Date): Pick<SearchQuery, 'ranges'> {
    const field = this.types.find(candidate => candidate.type === type)?.dateField
    return from === undefined || field === undefined ? {} : { ranges: [{ field, from }] }
  }

  private async counted(reader: Reader, alias: string, facet: FacetRequest, narrowed: Pick<SearchQuery, 'ranges'>): Promise<FacetValue[]> {
    try {
      const asked = { alias, readers: reader.tokens, facets: [facet], from: 0, size: 0, ...narrowed }
      const { facets } = await this.breaker.call(() => this.engine.search(asked))
      return facets[typeof facet === 'string' ? facet : facet.field] ?? []
    } catch (error) {
      if (error instanceof Unavailable) return []
      throw error
    }
  }

  /** Names of ids, for presenters. */
  namer(reader: Reader): Namer {
    return async (field, ids) => {
      const wanted = [...new Set(ids)]
      const found = wanted.length === 0 ? [] : await this.directory(field).byIds(wanted, reader)
      return new Map(found.map(name => [name.id, name]))
    }
  }

  /** @throws Error when no feature declares the field */
  directory(field: string): NameDirectory {
    const directory = this.names.find(candidate => candidate.field === field)
    if (directory === undefined) throw new Error(`No feature declares names for the field ${field}`)
    return directory
  }

  /** The ids of one type in order, for measuring quality: the same ranking that people see, without paging. */
  async ranked(reader: Reader, asked: { q: string; type: string; limit: number }): Promise<{ id: string; sourceId?: string }[]> {
    const question: Question = { q: asked.q, type: asked.type, filters: {}, page: 1 }
    const understanding = await this.spelled(question, reader)
    const type = this.types.find(candidate => candidate.type === asked.type)
    if (type === undefined || understanding.isEmpty) return []
    const meaning = this.meaningOf(understanding, this.engine)
    const { query } = await this.query(type, { understanding, question, reader, budget: this.engine, meaning })
    const answer = await this.engine.search({ ...query, from: 0, size: asked.limit })
    const found = await this.load(type, answer, reader)
    return found
      .map(({ record }) => record as SearchableRecord & { sourceId?: string })
      .map(({ _id, sourceId }) => ({ id: _id, ...(sourceId === undefined ? {} : { sourceId }) }))
  }

  private async group(type: SearchType, asking: Asking, wanted: Wanted) {
    const { reader, budget } = asking
    const { query, near, evidence } = await this.query(type, asking)
    const answer = await budget.search({ ...query, ...wanted })
    const found = withPassages(type, await this.load(type, answer, reader), near)
    if (evidence !== undefined) await evidence.count(found.map(({ record }) => record._id))
    const group: Group = {
      type,
      total: answer.total - (answer.hits.length - found.length),
      found,
      ...(evidence === undefined ? {} : { evidence }),
    }
    return { group, facets: answer.facets }
  }

  private async query(type: SearchType, { understanding, question, reader, budget, meaning }: Asking) {
    const asked = askedOf(type, understanding, reader)
    const sort: Pick<SearchQuery, 'sort'> =
      question.sort === 'date' && type.dateField ? { sort: { date: type.dateField, newestFirst: true } } : {}
    const isRanked = hasWords(understanding.text) || askedSkills(understanding).length > 0
    if (type.type !== personType || !isRanked) {
      const { query, near } = (await meaning?.join(type, asked)) ?? { query: asked, near: undefined }
      return { query: { ...query, ...sort }, near }
    }
    const { types, confirmedSkills } = this
    const [evidence, profiles] = await Promise.all([
      Evidence.gather({ types, confirmedSkills, engine: budget, meaning }, understanding, reader),
      meaning?.nearest(type, asked),
    ])
    const speaking = { experts: evidence.experts, confirmed: evidence.confirmed, profiles }
    const near: Near = new Map(profiles?.map(profile => [profile.id, profile]))
    return { query: askedOfPeople(asked, understanding, speaking, this.clock.now().getUTCFullYear()), near, evidence }
  }

  private meaningOf(understanding: Understanding, engine: Pick<SearchEngine, 'search' | 'nearest'>): QuestionMeaning | undefined {
    return this.encoder && QuestionMeaning.of({ encoder: this.encoder, log: this.log }, understanding, engine)
  }

  /** Hits are read again with the filter: the engine's copy may be a moment behind. */
  private async load(type: SearchType, answer: SearchAnswer, reader: Reader): Promise<Found[]> {
    const records = await type.model
      .find({ _id: { $in: answer.hits.map(hit => hit.id) } })
      .readableBy(reader)
      .lean()
    const byId = new Map(records.map(record => [record._id, record]))
    return answer.hits.flatMap(hit => {
      const record = byId.get(hit.id)
      return record === undefined ? [] : [{ record, score: hit.score, highlights: hit.highlights }]
    })
  }

  /** The same field of several types is one facet with the counts added. */
  private async facets(
    fields: readonly string[],
    parts: readonly { facets: Record<string, FacetValue[]> }[],
    reader: Reader,
  ): Promise<Facet[]> {
    const facets = fields.map(async field => {
      const counts = new Map<string, number>()
      for (const { value, count } of parts.flatMap(part => part.facets[field] ?? [])) counts.set(value, (counts.get(value) ?? 0) + count)
      const directory = this.names.find(candidate => candidate.field === field)
      const named = (await directory?.byIds([...counts.keys()], reader)) ?? []
      const values = named
        .map(name => ({ ...name, count: counts.get(name.id) ?? 0 }))
        .sort((a, b) => b.count - a.count || (a.label < b.label ? -1 : 1))
      return { field, title: directory?.title ?? field, values }
    })
    return (await Promise.all(facets)).filter(({ values }) => values.length > 0)
  }

  private async plainAnswer(
    types: readonly SearchType[],
    understanding: Understanding,
    question: Question,
    reader: Reader,
  ): Promise<Answer> {
    const groups = await Promise.all(
      types.map(async type => {
        const found = await findInMongo(type, understanding, reader)
        const { from, size } = paging(question)
        return { type, total: found.length, found: found.slice(from, from + size) }
      }),
    )
    return { understanding, groups, facets: [], isPlain: true, isPartial: false }
  }
}

const pageOf = (type: SearchType, question: Question): Wanted => ({
  ...paging(question),
  facets: type.facets,
  highlight: Object.keys(type.mapping.text),
})

function paging({ type, page }: Question): { from: number; size: number } {
  return type === undefined ? { from: 0, size: bestFew } : { from: (page - 1) * pageSize, size: pageSize }
}
