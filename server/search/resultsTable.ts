import type { SignedInPerson } from '../access/accessTokens.ts'
import { NotFound, Unavailable } from '../failures.ts'
import { csvLine } from '../tables/csvLine.ts'
import { askedSkills, type Question, type Understanding } from './question/understanding.ts'
import type { Group, SearchService } from './searchService.ts'
import type { ResultTable } from './searchType.ts'

/** As many as the engine gives in one answer; a table that stops there says so in its name. */
export const mostTableRows = 1_000

const wanting = 'Ask something and choose one kind of results, people or articles: a table holds all results of one kind.'

interface Asked {
  reader: SignedInPerson
  /** "https://skillpool.example", for addresses that work outside of the site. */
  site: string
  search: SearchService
}

/**
 * All that a question finds of one type, as CSV for spreadsheets.
 * @throws NotFound for a question without a type, Unavailable while the engine is away: simple results would be taken for all there are
 */
export async function resultsTable(
  { type, ...question }: Question,
  { reader, site, search }: Asked,
): Promise<{ name: string; csv: string }> {
  const best = type === undefined ? undefined : await search.best(reader, { ...question, type, page: 1 }, mostTableRows)
  if (type === undefined || best?.understanding.isEmpty) throw new NotFound(wanting)
  if (best === undefined)
    throw new Unavailable('The search engine is not answering, so there is no table. Try again in a few minutes.', 300)
  const { group, understanding, isPartial } = best
  const plural = search.types.find(candidate => candidate.type === type)?.plural ?? type
  const table = group === undefined ? { head: [], rows: [] } : await tableOf(group, understanding, { reader, site, search })
  return { name: nameOf(plural, group, isPartial), csv: `\ufeff${[table.head, ...table.rows].map(csvLine).join('')}` }
}

async function tableOf(
  { type, found, evidence }: Group,
  understanding: Understanding,
  { reader, site, search }: Asked,
): Promise<ResultTable> {
  const { head, rows } = await type.presentTable(found, { named: search.namer(reader), skills: askedSkills(understanding), site })
  const counted = evidence === undefined ? [] : search.types.filter(({ contributors }) => contributors !== undefined)
  const counts = (id: string) => counted.map(({ type: of }) => evidence?.of(id).find(({ type: { type } }) => type === of)?.count ?? 0)
  return {
    head: [...head, ...counted.map(({ plural }) => `Matching ${plural}`)],
    rows: rows.map((row, position) => [...row, ...counts(found[position]?.record._id ?? '')]),
  }
}

function nameOf(plural: string, group: Group | undefined, isPartial: boolean): string {
  const cut = group !== undefined && group.total > group.found.length ? `-first-${group.found.length}-of-${group.total}` : ''
  return `${plural}${isPartial ? '-part' : cut}.csv`
}
