import { expect } from 'chai'
import { madeUpWords } from '../../../scripts/benchmark/madeUpText.ts'
import type { SignedInPerson } from '../../../server/access/accessTokens.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { understand } from '../../../server/search/question/understanding.ts'
import { Speller } from '../../../server/search/spelling/speller.ts'
import { anArticle, anOrganisation, aPerson, asReader, aTeam } from '../../support/builders.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

/** OFFERED_PEOPLE=30 OFFERED_RECORDS=200 is the full measure, some minutes. */
const mostPeople = Number(process.env.OFFERED_PEOPLE ?? 6)
const mostRecords = Number(process.env.OFFERED_RECORDS ?? 15)

/** Words that no other is like. */
const wordOf = (position: number) => `quartz${madeUpWords[3_000 + position * 5]}${'xyz'[position % 3]}`
const mistyped = (word: string) => `${word.slice(0, 4)}${word[5]}${word[4]}${word.slice(6)}`

describe('words that are offered', () => {
  let site: TestSite
  let people: SignedInPerson[]

  before(async function () {
    this.timeout(120_000)
    site = await startTestSite()
    const organisations = await Promise.all([1, 2, 3].map(() => anOrganisation(site)))
    const teams = await Promise.all(organisations.map(organisation => aTeam(site, organisation)))
    people = []
    for (let position = 0; position < mostPeople; position += 1) {
      const place = position % 3
      const teamIds = position % 2 === 0 ? [(teams[place] as { _id: string })._id] : []
      people.push(asReader(await aPerson(site, { organisation: organisations[place] as (typeof organisations)[0], teamIds })))
    }
    for (let position = 0; position < mostRecords; position += 1) {
      const place = position % 3
      const author = { _id: people[place]?.id, organisationId: organisations[place]?._id } as Parameters<typeof anArticle>[1]
      const readers: Partial<Article>[] = [
        { visibility: 'partnership' },
        { visibility: 'organisation' },
        { visibility: 'team', owner: { teamId: (teams[place] as { _id: string })._id } },
        { visibility: 'chosen', chosenOrganisationIds: [(organisations[(place + 1) % 3] as { _id: string })._id] },
        { state: 'draft' },
      ]
      await anArticle(site, author, { title: `Plan ${wordOf(position)}`, text: 'Nothing else.', ...readers[position % 5] })
    }
    await site.services.indexer.settled()
  })
  after(() => site.close())

  const everyPair = () =>
    people.flatMap(person => Array.from({ length: mostRecords }, (_, position) => ({ person, word: wordOf(position) })))
  const finds = async (person: SignedInPerson, q: string) => {
    const { groups } = await site.services.search.search(person, { q, type: 'article', filters: {}, page: 1 })
    return groups.some(({ total }) => total > 0)
  }
  /** What a mistyped word is corrected to, by the shipped speller or one that asks as somebody else. */
  const corrected = async (person: SignedInPerson, word: string, tokens = person.tokens) => {
    const { engine, search } = site.services
    const speller = new Speller({ engine, aliases: ['article'], names: search.names, rewordings: [] })
    const question = { q: mistyped(word), filters: {}, page: 1 }
    const understood = await speller.respell(await understand(question, search.names, person), { ...person, tokens })
    return understood?.corrected?.flatMap(({ others }) => others) ?? []
  }

  it('are corrections that the person could have found, all of them and no others', async function () {
    this.timeout(30_000 + mostPeople * mostRecords * 200)
    const wrong: string[] = []
    let offered = 0
    for (const { person, word } of everyPair()) {
      const words = await corrected(person, word)
      offered += words.length
      for (const other of words) if (!(await finds(person, `"${other}"`))) wrong.push(`${other} to ${person.name}`)
      if (words.includes(word) !== (await finds(person, `"${word}"`))) wrong.push(`${word} for ${person.name}`)
    }
    expect(wrong).to.deep.equal([])
    expect(offered).to.be.above(mostPeople)
  })

  it('would be others without the check of readers (twin)', async () => {
    const everybody = people.flatMap(({ tokens }) => tokens)
    const leaks: string[] = []
    for (const { person, word } of everyPair().slice(0, mostRecords)) {
      for (const other of await corrected(person, word, everybody)) if (!(await finds(person, `"${other}"`))) leaks.push(other)
    }
    expect(leaks.length).to.be.above(0)
  })

  it('are suggestions that the person could have found, all of them and no others', async function () {
    this.timeout(30_000 + mostPeople * mostRecords * 100)
    const wrong: string[] = []
    for (const { person, word } of everyPair()) {
      const begun = { typed: word.slice(0, -2), words: [word.slice(0, -2)] }
      const found = (await Promise.all(site.services.suggestionSources.map(source => source(begun, person, 3)))).flat()
      const isOffered = found.some(({ value }) => value === `Plan ${word}`)
      if (isOffered !== (await finds(person, `"${word}"`))) wrong.push(`${word} for ${person.name}`)
    }
    expect(wrong).to.deep.equal([])
  })
})
