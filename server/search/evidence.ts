import type { Reader } from '../access/accessTokens.ts'
import type { ConfirmedSkill, ConfirmedSkills } from './confirmedSkills.ts'
import { combSum, type Expert } from './experts.ts'
import type { QuestionMeaning } from './meaning/questionMeaning.ts'
import { askedOf } from './queryBuilder.ts'
import { hasWords } from './question/queryWords.ts'
import { askedLevels, askedSkills, type Understanding } from './question/understanding.ts'
import type { SearchEngine, SearchQuery } from './searchEngine.ts'
import type { SearchType } from './searchType.ts'

/** How many of the best documents vote: 50 to 100 do best in the literature. */
const depth = 100
/** As many as the engine counts in one answer. */
const countedAtOnce = 100

/** A type whose records vote, with the question as it is asked of it. */
interface Source {
  type: SearchType
  contributors: NonNullable<SearchType['contributors']>
  query: Omit<SearchQuery, 'from' | 'size'>
}

interface Witnesses {
  types: readonly SearchType[]
  confirmedSkills: readonly ConfirmedSkills[]
  engine: Pick<SearchEngine, 'search'>
  /** Where documents are found by meaning: those vote too. */
  meaning: QuestionMeaning | undefined
}

/**
 * What speaks for people: what matched, by who contributed to it, and who confirms the asked skills. Only what the reader may see counts, and filters
 * for people do not narrow it.
 */
export class Evidence {
  readonly experts: readonly Expert[]
  /** Each skill of each person once, whatever confirms it. */
  readonly confirmed: readonly Pick<ConfirmedSkill, 'personId' | 'skillId' | 'count'>[]
  private readonly confirming: readonly ConfirmedSkill[]
  private readonly counts = new Map<string, { type: SearchType; count: number }[]>()
  private readonly sources: readonly Source[]
  private readonly engine: Pick<SearchEngine, 'search'>

  private constructor(
    { experts, confirming }: { experts: readonly Expert[]; confirming: readonly ConfirmedSkill[] },
    sources: readonly Source[],
    engine: Pick<SearchEngine, 'search'>,
  ) {
    this.experts = experts
    this.confirming = confirming
    this.confirmed = addedUp(confirming)
    this.sources = sources
    this.engine = engine
  }

  static async gather(
    { types, confirmedSkills, engine, meaning }: Witnesses,
    understanding: Understanding,
    reader: Reader,
  ): Promise<Evidence> {
    const asked = { ...understanding, chosen: [], days: {}, recognised: namedIn(understanding) }
    const byWords = types.flatMap(type => {
      const query = askedOf(type, asked, reader)
      const asksSomething = hasWords(asked.text) || (query.clauses ?? []).length > 0
      return type.contributors !== undefined && asksSomething ? [{ type, contributors: type.contributors, query }] : []
    })
    const sources = await Promise.all(
      byWords.map(async source => ({ ...source, query: (await meaning?.join(source.type, source.query))?.query ?? source.query })),
    )
    const [votes, confirming] = await Promise.all([
      Promise.all(sources.map(source => votesOf(source, engine, reader))),
      confirmedOf(confirmedSkills, understanding, reader),
    ])
    return new Evidence({ experts: combSum(votes.flat()), confirming }, sources, engine)
  }

  /** How much of these people's matched, exactly: as many as their search shows. */
  async count(personIds: readonly string[]): Promise<void> {
    const voted = new Set(this.experts.map(({ id }) => id))
    const shown = personIds.filter(id => voted.has(id))
    for (const source of this.sources)
      for (let from = 0; from < shown.length; from += countedAtOnce) await this.countOf(source, shown.slice(from, from + countedAtOnce))
  }

  private async countOf({ type, contributors, query }: Source, values: readonly string[]): Promise<void> {
    const field = contributors.keyword
    const answer = await this.engine.search({ ...query, from: 0, size: 0, facets: [{ field, values }] })
    for (const { value, count } of answer.facets[field] ?? []) {
      if (count > 0) this.counts.set(value, [...(this.counts.get(value) ?? []), { type, count }])
    }
  }

  of(personId: string): readonly { type: SearchType; count: number }[] {
    return this.counts.get(personId) ?? []
  }

  confirmedOf(personId: string): readonly ConfirmedSkill[] {
    return this.confirming.filter(confirmed => confirmed.personId === personId)
  }
}

/** Without words the chosen skills are what records show: those that name one of them. */
function namedIn(understanding: Understanding): Understanding['recognised'] {
  if (hasWords(understanding.text)) return understanding.recognised
  return askedSkills(understanding).map(skill => ({ field: 'skill', name: { ...skill, certainty: 1 } }))
}

/** Colleagues and finished requests can confirm the same. */
function addedUp(confirming: readonly ConfirmedSkill[]): Evidence['confirmed'] {
  const counts = new Map<string, Evidence['confirmed'][number]>()
  for (const { personId, skillId, count } of confirming) {
    const key = `${personId} ${skillId}`
    counts.set(key, { personId, skillId, count: count + (counts.get(key)?.count ?? 0) })
  }
  return [...counts.values()]
}

async function confirmedOf(confirmedSkills: readonly ConfirmedSkills[], understanding: Understanding, reader: Reader) {
  const asked = { skills: askedSkills(understanding), levels: askedLevels(understanding) }
  if (asked.skills.length === 0) return []
  return (await Promise.all(confirmedSkills.map(of => of(asked, reader)))).flat()
}

async function votesOf({ type, contributors: { field }, query }: Source, engine: Pick<SearchEngine, 'search'>, reader: Reader) {
  const answer = await engine.search({ ...query, from: 0, size: depth })
  const records = await type.model
    .find({ _id: { $in: answer.hits.map(hit => hit.id) } })
    .readableBy(reader)
    .select({ [field]: 1 })
    .lean()
  const contributors = new Map(records.map(record => [record._id, (record as unknown as Record<string, readonly string[]>)[field] ?? []]))
  return answer.hits.map(({ id, score }) => ({ id, score, contributors: contributors.get(id) ?? [] }))
}
