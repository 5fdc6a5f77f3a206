import { expect } from 'chai'
import { madeUpNumbers } from '../../../scripts/benchmark/madeUpText.ts'
import { beginExample, importExample } from '../../../scripts/support/examplePartnership.ts'
import type { Reader } from '../../../server/access/accessTokens.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { aPerson, asReader } from '../../support/builders.ts'
import { startTestSite, type TestSite, testPassword } from '../../support/testSite.ts'

/** TYPOS=1000 is the full measure, some minutes; every run takes a small one. */
const most = Number(process.env.TYPOS ?? 80)
const number = madeUpNumbers(4)
const below = (limit: number) => Math.floor(number() * limit)
const letters = 'abcdefghijklmnopqrstuvwxyz'
const oneOf = <T>(all: ArrayLike<T>) => all[below(all.length)] as T

/** One letter put in, left out, replaced, or swapped with the next one. */
function mistyped(word: string): string {
  const at = below(word.length - 1)
  const [before, letter, next, after] = [word.slice(0, at), word[at] ?? '', word[at + 1] ?? '', word.slice(at + 2)]
  const ways = [
    () => before + oneOf(letters) + letter + next + after,
    () => before + next + after,
    () => before + oneOf(letters) + next + after,
    () => before + next + letter + after,
  ]
  const result = oneOf(ways)()
  return result.toLowerCase() === word.toLowerCase() ? mistyped(word) : result
}

function withOneTypo(title: string): string | undefined {
  const words = title.split(' ')
  const long = words.flatMap((word, position) => (/^\p{L}{4,}$/u.test(word) ? [position] : []))
  if (long.length === 0) return undefined
  const chosen = oneOf(long)
  return words.map((word, position) => (position === chosen ? mistyped(word) : word)).join(' ')
}

describe('one typing mistake', () => {
  let site: TestSite
  let reader: Reader
  let titles: { id: string; type: string; title: string }[]

  before(async function () {
    this.timeout(120_000)
    site = await startTestSite()
    await beginExample(site.services, testPassword)
    await importExample(site.services, problem => {
      throw new Error(problem)
    })
    await site.services.indexer.settled()
    reader = asReader(await aPerson(site))
    const { articles, people } = site.services.models
    const found = await articles.find({}).readableBy(reader).lean<Article[]>()
    const persons = await people.find({}).readableBy(reader).lean<Person[]>()
    titles = [
      ...found.map(({ _id, title }) => ({ id: _id, type: 'article', title })),
      ...persons.map(({ _id, name }) => ({ id: _id, type: 'person', title: name })),
    ]
  })
  after(() => site.close())

  /** Of so many questions with one mistake each, those that do not find their record among the first three. Words in quotation marks are not corrected. */
  async function asked(count: number, corrects: boolean): Promise<{ asked: number; missed: string[] }> {
    const missed: string[] = []
    for (let question = 0; question < count; ) {
      const { id, type, title } = oneOf(titles)
      const q = withOneTypo(title)
      if (q === undefined) continue
      question += 1
      const changed = q.split(' ').find((word, position) => word !== title.split(' ')[position]) as string
      const words = corrects ? q : q.replace(changed, `"${changed}"`)
      const { groups } = await site.services.search.search(reader, { q: words, filters: {}, page: 1 })
      const best = groups.find(group => group.type.type === type)?.found.slice(0, 3) ?? []
      if (!best.some(({ record }) => record._id === id)) missed.push(`${title} as ${q}`)
    }
    return { asked: count, missed }
  }

  it(`in a title or name leaves what is meant among the first three, for at least 95 % of ${most}`, async function () {
    this.timeout(20_000 + most * 400)
    const { missed } = await asked(most, true)
    console.log(`      ${most - missed.length} of ${most} among the first three; not: ${missed.slice(0, 20).join('; ') || 'none'}`)
    expect(missed.length / most, missed.join('; ')).to.be.at.most(0.05)
  })

  it('hides what is meant where words are taken as they are typed (twin)', async function () {
    this.timeout(20_000 + most * 400)
    const { missed } = await asked(most, false)
    expect(missed.length / most).to.be.above(0.9)
  })
})
