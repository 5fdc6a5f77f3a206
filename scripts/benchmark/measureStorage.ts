import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../server/people/personModel.ts'
import { percentile } from '../../server/search/evaluation/metrics.ts'
import type { Services } from '../../server/services.ts'
import { IndexedWrite } from '../../server/storage/indexedWrite.ts'
import { madeUpArticle } from './madeUpPartnership.ts'
import { madeUpNumbers } from './madeUpText.ts'

const reads = 2_000
const lists = 400
const writers = 20
const writingMs = 4_000

export interface StorageFigures {
  findByIdMs: number
  indexedListMs: number
  insertsPerSecond: number
}

/** Reads through the driver as it is; writes articles as the site does, with all their indexes, each acknowledged when it is on disk. */
export async function measureStorage({ models, clock, storage }: Services): Promise<StorageFigures> {
  const articles = storage.connection.collection<Article>('articles')
  const number = madeUpNumbers(11)
  const known = await articles
    .find({}, { projection: { organisationId: 1 } })
    .limit(1_000)
    .toArray()
  const any = () => known[Math.floor(number() * known.length)] as (typeof known)[number]
  const findByIdMs = await median(reads, () => articles.findOne({ _id: any()._id }))
  const indexedListMs = await median(lists, () =>
    articles.find({ organisationId: any().organisationId }).sort({ updatedAt: -1 }).limit(20).toArray(),
  )
  const people = await models.people.find({}).asSystem('authors for made-up articles').limit(50).lean<Person[]>()
  const write = new IndexedWrite<Article>(models.articles, 'title', clock)
  const ready = Array.from({ length: 200 }, () => madeUpArticle(number, people[0] as Person, people[1] as Person, 'none'))
  return { findByIdMs, indexedListMs, insertsPerSecond: await insertsPerSecond(write, ready) }
}

async function median(times: number, work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = []
  for (let time = 0; time < times; time++) {
    const started = performance.now()
    await work()
    taken.push(performance.now() - started)
  }
  return percentile(taken, 0.5)
}

async function insertsPerSecond(write: IndexedWrite<Article>, made: readonly ReturnType<typeof madeUpArticle>[]): Promise<number> {
  const started = performance.now()
  let written = 0
  const oneWriter = async (writer: number) => {
    for (let turn = 0; performance.now() - started < writingMs; turn++) {
      const article = made[(writer * 10 + turn) % made.length] as (typeof made)[number]
      const id = `bench-${writer}-${turn}`
      await write.create({ ...article, _id: id, slug: id })
      written += 1
    }
  }
  await Promise.all(Array.from({ length: writers }, (_, writer) => oneWriter(writer)))
  return written / ((performance.now() - started) / 1_000)
}
