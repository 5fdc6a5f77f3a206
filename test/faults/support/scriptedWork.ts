import pino from 'pino'
import { readConfig } from '../../../server/config.ts'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import { Reindex } from '../../../server/search/indexing/reindex.ts'
import { openSearchEngine } from '../../../server/search/openSearchEngine.ts'
import type { SearchType } from '../../../server/search/searchType.ts'
import { createServices } from '../../../server/services.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { anArticle, aPerson } from '../../support/builders.ts'
import type { TestSite } from '../../support/testSite.ts'

/**
 * One process that does a bit of everything that writes, step by step, and kills itself before the step of the given number: a step is a command to
 * the database or a call of the search engine. Prints what was acknowledged, as lines of JSON, and at the end the number of steps.
 */
const stopBefore = Number(process.argv[2])
let steps = 0

function step(): void {
  steps += 1
  if (steps === stopBefore) process.kill(process.pid, 'SIGKILL')
}

const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)
const config = readConfig(process.env)
const real = await openSearchEngine(config, { ownsStore: true })
const engine = new Proxy(real, {
  get: (target, name: keyof typeof real) => {
    const member = target[name]
    if (typeof member !== 'function') return member
    return (...args: never[]) => {
      step()
      return (member as (...given: never[]) => unknown).apply(target, args)
    }
  },
})
const services = await createServices(config, pino({ level: 'silent' }), {
  engine,
  storage: { watch: client => void client.on('commandStarted', step) },
})
const { indexer, searchIndexes, drift, models, clock } = services
const site = { services } as TestSite
const write = new IndexedWrite<Article>(models.articles, 'title', clock)
const kept = ({ slug, title, text }: Article) => tell({ slug, title, acknowledged: text, unanswered: [] })

const author = await aPerson(site, { name: 'Ned Narrow' })
const articles = [
  await anArticle(site, author, { title: 'Made first' }),
  await anArticle(site, author, { title: 'Made second' }),
  await anArticle(site, author, { title: 'Made third' }),
]
for (const article of articles) kept(article)
await indexer.settled()
const [first, second, third] = articles as [Article, Article, Article]
tell({ changing: second.slug })
kept((await write.update({ _id: second._id }, { $set: { title: 'Made second, then changed' } })) as Article)
tell({ narrowing: third.slug })
await write.update({ _id: third._id }, { $set: { readers: [`person:${author._id}`] } })
await indexer.settled({ type: 'article', id: third._id })
tell({ deleting: first.slug })
await write.erase({ _id: first._id })
tell({ deleted: first._id })
await indexer.settled()
const type = services.search.types.find(({ type: named }) => named === 'article') as SearchType
const reindexed = new Reindex({ engine, searchIndexes, indexer, drift, leaseMs: 20 }).run(type)
kept(await anArticle(site, author, { title: 'Made during the re-index' }))
await reindexed
await drift.check({ repair: true })
await services.close()
await real.close()
tell({ steps })
