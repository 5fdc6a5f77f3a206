import { partnershipToken } from '../../server/access/accessTokens.ts'
import { readersOf } from '../../server/access/readers.ts'
import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import { kindIds } from '../../server/knowledge/kinds/kinds.ts'
import type { Person } from '../../server/people/personModel.ts'
import type { Services } from '../../server/services.ts'
import { levels } from '../../server/skills/levels.ts'
import { IndexedWrite, type NewRecord } from '../../server/storage/indexedWrite.ts'
import { newId } from '../../server/storage/newId.ts'
import { plainWords } from '../../server/storage/titleWords.ts'
import { anyWord, madeUpNumbers, madeUpText, sentence } from './madeUpText.ts'

export const articleCount = 10_000
const peopleCount = 2_000
const organisationCount = 16
const skillCount = 40
const batchSize = 500
const textLength = 2_500
const dayMs = 86_400_000

/** 16 organisations, 40 skills, 2,000 people and 10,000 articles of 2.5 kB. @returns somebody who can sign in */
export async function makeUpPartnership(services: Services, progress: (done: number) => void): Promise<Person> {
  const { models, clock, indexer } = services
  const number = madeUpNumbers(2009)
  const organisationIds = await organisations(services)
  const skillIds = await skills(services)
  const write = {
    people: new IndexedWrite<Person>(models.people, 'name', clock),
    articles: new IndexedWrite<Article>(models.articles, 'title', clock),
  }
  const people = await write.people.createMany(
    Array.from({ length: peopleCount }, (_, position) => person(number, position, pick(number, organisationIds), skillIds)),
  )
  for (let made = 0; made < articleCount; made += batchSize) {
    await write.articles.createMany(
      Array.from({ length: batchSize }, () => madeUpArticle(number, pick(number, people), pick(number, people), pick(number, skillIds))),
    )
    await indexer.drain()
    progress(made + batchSize)
  }
  await indexer.settled({ withinMs: 600_000 })
  return people[0] as Person
}

export function madeUpArticle(number: () => number, author: Person, other: Person, skillId: string): NewRecord<Article> {
  const _id = newId()
  const at = new Date(Date.now() - Math.floor(number() * 2_000) * dayMs)
  const owned = {
    organisationId: author.organisationId,
    owner: { personId: author._id },
    authorIds: [...new Set([author._id, other._id])],
    visibility: 'partnership' as const,
    chosenOrganisationIds: [],
    state: 'published' as const,
  }
  return {
    ...owned,
    _id,
    slug: `made-up-${_id}`,
    readers: readersOf(owned),
    title: sentence(number, 6),
    kind: pick(number, kindIds),
    text: madeUpText(number, textLength),
    skillIds: [skillId],
    revision: 1,
    revisionIds: [],
    createdAt: at,
    updatedAt: at,
    publishedAt: at,
  }
}

function person(number: () => number, position: number, organisationId: string, skillIds: readonly string[]): NewRecord<Person> {
  const name = `${capital(anyWord(number))} ${capital(anyWord(number))}`
  return {
    _id: newId(),
    slug: `made-up-${position}`,
    readers: [partnershipToken],
    name,
    nameWords: plainWords(name),
    organisationId,
    teamIds: [],
    role: sentence(number, 3),
    roles: ['member'],
    about: madeUpText(number, 300),
    email: `person-${position}@example.org`,
    skills: [...new Set([pick(number, skillIds), pick(number, skillIds), pick(number, skillIds)])].map(skillId => ({
      skillId,
      level: pick(number, levels),
      willing: [],
    })),
    status: 'active',
  }
}

async function organisations({ models }: Services): Promise<string[]> {
  const made = Array.from({ length: organisationCount }, (_, position) => {
    const name = `Organisation ${position + 1}`
    const fixed = { type: 'council' as const, domains: [], status: 'active' as const, readers: [partnershipToken] }
    return { ...fixed, _id: newId(), slug: `organisation-${position + 1}`, name, nameWords: plainWords(name) }
  })
  await models.organisations.insertMany(made, { lean: true })
  return made.map(({ _id }) => _id)
}

async function skills({ models }: Services): Promise<string[]> {
  const number = madeUpNumbers(7)
  const made = Array.from({ length: skillCount }, (_, position) => {
    const name = `${anyWord(number)} ${position + 1}`
    const fixed = { aliases: [], group: 'Made up', description: '', readers: [partnershipToken] }
    return { ...fixed, _id: newId(), slug: `skill-${position + 1}`, name, firstWords: plainWords(name).slice(0, 1) }
  })
  await models.skills.insertMany(made, { lean: true })
  return made.map(({ _id }) => _id)
}

const pick = <T>(number: () => number, values: readonly T[]): T => values[Math.floor(number() * values.length)] as T
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
