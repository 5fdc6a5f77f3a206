import { plainWords } from '../../storage/titleWords.ts'
import type { Organisation } from '../organisationModel.ts'
import type { Team } from '../teamModel.ts'

export type Subject = { kind: 'organisation'; record: Organisation } | { kind: 'team'; record: Team }

export interface CallMatch {
  subject: Subject
  /** Why it is meant: "its name has “network”". */
  reason: string
}

interface Asked {
  words: readonly string[]
  organisations: readonly Organisation[]
  teams: readonly Team[]
  /** How many people of a team have a skill that the question names, by team. */
  skilled: ReadonlyMap<string, number>
  skill?: string
  ownOrganisationId: string
}

interface Score extends CallMatch {
  matched: number
  weight: number
  own: boolean
}

const weights = { name: 3, type: 3, skill: 2, description: 1, organisation: 1 } as const
const typeWords: Readonly<Record<Organisation['type'], string>> = {
  council: 'council',
  fire: 'fire rescue service',
  police: 'police service',
  health: 'health nhs hospital trust',
  'shared-service': 'shared service',
  other: '',
}
/** Words that name nothing by themselves. */
const generic = new Set('service team ict'.split(' '))

const singular = (word: string) => (word.length > 3 ? word.replace(/s$/, '') : word)
const wordsOf = (text: string) => new Set(plainWords(text).map(singular))

/** The organisations and teams that a question is about, the best ones only: most words first, names before descriptions, one's own first. */
export function callMatches(asked: Asked): CallMatch[] {
  const words = [...new Set(asked.words.map(singular))]
  const names = new Map(asked.organisations.map(({ _id, name }) => [_id, wordsOf(name)]))
  const ofOrganisation = asked.organisations.map(record => organisationScore(record, words, asked))
  const ofTeams = asked.teams.map(record => teamScore(record, words, names.get(record.organisationId) ?? new Set(), asked))
  const scores = [...ofOrganisation, ...ofTeams].filter(score => score !== undefined).toSorted(better)
  const [best] = scores
  return scores.filter(({ matched, weight }) => matched === best?.matched && weight === best.weight)
}

function organisationScore(record: Organisation, words: readonly string[], { ownOrganisationId }: Asked): Score | undefined {
  if (record.status === 'left') return undefined
  const found = matchesIn(words, [
    ['name', wordsOf(record.name)],
    ['type', wordsOf(typeWords[record.type])],
  ])
  if (found === undefined) return undefined
  return { ...found, subject: { kind: 'organisation', record }, own: record._id === ownOrganisationId }
}

function teamScore(record: Team, words: readonly string[], organisation: ReadonlySet<string>, asked: Asked): Score | undefined {
  const own = record.organisationId === asked.ownOrganisationId
  const found = matchesIn(words, [
    ['name', wordsOf(record.name)],
    ['description', wordsOf(record.description)],
  ])
  const skilled = asked.skilled.get(record._id) ?? 0
  if (found === undefined && skilled === 0) return undefined
  const beside = words.filter(word => organisation.has(word) && !found?.words.includes(word)).length * weights.organisation
  const reason = found?.reason ?? `${skilled === 1 ? '1 person' : `${skilled} people`} of it declared ${asked.skill ?? 'the skill'}`
  const few = skilled === 0 ? 0 : weights.skill + skilled / 1_000
  return {
    subject: { kind: 'team', record },
    reason,
    own,
    matched: (found?.matched ?? 1) + beside,
    weight: (found?.weight ?? 0) + beside + few,
  }
}

function matchesIn(words: readonly string[], fields: readonly (readonly ['name' | 'type' | 'description', ReadonlySet<string>])[]) {
  const found = words.flatMap(word => {
    const field = fields.find(([, known]) => known.has(word))?.[0]
    return field === undefined ? [] : [{ word, field }]
  })
  if (found.every(({ word }) => generic.has(word))) return undefined
  const best = found.find(({ word }) => !generic.has(word))?.field ?? 'name'
  const quoted = found.map(({ word }) => `“${word}”`).join(', ')
  const reason = best === 'type' ? `it is of the kind ${quoted}` : `its ${best} has ${quoted}`
  return {
    reason,
    words: found.map(({ word }) => word),
    matched: found.length,
    weight: found.reduce((sum, { field }) => sum + weights[field], 0),
  }
}

const better = (a: Score, b: Score) =>
  b.matched - a.matched ||
  b.weight - a.weight ||
  Number(b.own) - Number(a.own) ||
  (a.subject.record.name < b.subject.record.name ? -1 : a.subject.record.name > b.subject.record.name ? 1 : 0) ||
  (a.subject.record._id < b.subject.record._id ? -1 : 1)
