import type { Logger } from 'pino'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { plainWords } from '../storage/titleWords.ts'
import { addressOf } from './question/questionAddress.ts'
import type { Question } from './question/understanding.ts'
import { reasonsFor } from './reasons.ts'
import type { SearchService } from './searchService.ts'
import { type NamedRecord, personType } from './searchType.ts'
import { withPatience } from './withPatience.ts'

const mostArticles = 5
/** Their reasons take more room. */
const mostPeople = 3
/** The record itself may not be the best for its own words. */
const mostLookedAt = 15
/** What is alike scores at least this part of what the record itself does for its own words. */
const leastShare = 0.35
const mostSkills = 5

/** What others are related to. */
export interface Subject {
  id: string
  type: string
  title: string
  skills: readonly NamedRecord[]
  contributorIds: readonly string[]
}

/** Rows as the search results have them, and where all of them are. */
export interface RelatedRows {
  rows: object[]
  href: string
}

export interface Related {
  alike?: RelatedRows
  people?: RelatedRows
}

/** Records like another, and people who know about it: what a search for its words finds. */
export class RelatedRecords {
  /** A page does not wait longer for what stands beside it. */
  patienceMs = 150
  private readonly search: SearchService
  private readonly log: Logger

  constructor(search: SearchService, log: Logger) {
    this.search = search
    this.log = log
  }

  /** Nothing when the engine does not answer soon. */
  async to(subject: Subject, reader: SignedInPerson): Promise<Related> {
    if (this.search.isPausing) return {}
    return withPatience(this.find(subject, reader), this.patienceMs, {})
  }

  private async find(subject: Subject, reader: SignedInPerson): Promise<Related> {
    try {
      const [records, people] = await Promise.all([alike(subject, reader, this.search), peopleWhoKnow(subject, reader, this.search)])
      return { ...(records && { alike: records }), ...(people && { people }) }
    } catch (error) {
      const { type, id } = subject
      this.log.error({ err: error, type, id }, 'what is related to a record could not be found: its page goes without')
      return {}
    }
  }
}

async function alike(
  { id, type, title, skills }: Subject,
  reader: SignedInPerson,
  search: SearchService,
): Promise<RelatedRows | undefined> {
  const words = plainWords([title, ...skills.map(({ label }) => label)].join(' '))
  const question = asking(words.join(' '), type)
  const group = (await search.best(reader, question, mostLookedAt))?.group
  if (group === undefined) return undefined
  const own = group.found.find(({ record }) => record._id === id) ?? group.found[0]
  const others = group.found
    .filter(({ record, score }) => record._id !== id && score >= leastShare * (own?.score ?? 0))
    .slice(0, mostArticles)
  if (others.length === 0) return undefined
  return { rows: await group.type.presentRows(others, search.namer(reader)), href: addressOf(question) }
}

/** By its skills, or its title where it names none. Who wrote it stands on its page already. */
async function peopleWhoKnow(subject: Subject, reader: SignedInPerson, search: SearchService): Promise<RelatedRows | undefined> {
  const { title, skills, contributorIds } = subject
  const names = skills.slice(0, mostSkills).map(({ label }) => `"${label.replaceAll('"', ' ')}"`)
  const question = asking(names.length > 0 ? names.join(' OR ') : plainWords(title).join(' '), personType)
  const best = await search.best(reader, question, mostPeople + contributorIds.length + 1)
  if (best?.group === undefined) return undefined
  const known = new Set([reader.id, ...contributorIds])
  const group = { ...best.group, found: best.group.found.filter(({ record }) => !known.has(record._id)).slice(0, mostPeople) }
  if (group.found.length === 0) return undefined
  const reasons = reasonsFor(group, best.understanding)
  const rows = await group.type.presentRows(group.found, search.namer(reader))
  return { rows: rows.map((row, position) => ({ ...row, reasons: reasons?.[position] ?? [] })), href: addressOf(question) }
}

const asking = (q: string, type: string): Question & { type: string } => ({ q, type, filters: {}, page: 1 })
