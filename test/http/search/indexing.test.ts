import { expect } from 'chai'
import pino from 'pino'
import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../../server/people/personModel.ts'
import { Indexer } from '../../../server/search/indexing/indexer.ts'
import { Reindex } from '../../../server/search/indexing/reindex.ts'
import { SearchIndexes } from '../../../server/search/indexing/searchIndexes.ts'
import type { SearchIndexRecord } from '../../../server/search/indexing/searchIndexModel.ts'
import type { SearchDocument } from '../../../server/search/searchEngine.ts'
import type { SearchType } from '../../../server/search/searchType.ts'
import { IndexedWrite } from '../../../server/storage/indexedWrite.ts'
import { anArticle, aPerson, asReader } from '../../support/builders.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { startTestSite, type TestSite } from '../../support/testSite.ts'

const hourMs = 3_600_000
const asked = { text: 'a test looks at what is kept' }

describe('the index follows the truth', () => {
  let clock: MovableClock
  let site: TestSite
  let author: Person & { email: string }
  let type: SearchType
  let write: IndexedWrite<Article>

  beforeEach(async () => {
    clock = new MovableClock()
    site = await startTestSite({ clock })
    author = await aPerson(site, { name: 'Ida Index' })
    type = site.services.search.types.find(candidate => candidate.type === 'article') as SearchType
    write = new IndexedWrite<Article>(site.services.models.articles, 'title', clock)
    await site.services.indexer.settled()
  })
  afterEach(() => site.close())

  const kept = (id: string) => site.services.models.articles.findOne({ _id: id }).asSystem(asked.text).lean<Article>()
  const retitle = ({ _id }: Article, title: string) => write.update({ _id }, { $set: { title } })
  const indexRecord = async () => (await site.services.searchIndexes.of('article')) as SearchIndexRecord
  const settled = () => site.services.indexer.settled()

  async function found(q: string): Promise<string[]> {
    const answer = await site.services.search.search(asReader(author), { q, type: 'article', filters: {}, page: 1 })
    expect(answer.isPlain).to.equal(false)
    return answer.groups.flatMap(group => group.found.map(({ record }) => (record as unknown as Article).title))
  }

  async function copies(index: string): Promise<SearchDocument[]> {
    await site.engine.refresh(index)
    const documents: SearchDocument[] = []
    for await (const page of site.engine.walk(index, 100)) documents.push(...page)
    return documents
  }

  async function drift(options: { repair?: boolean } = {}): Promise<string[]> {
    const { differences } = await site.services.drift.check(options)
    return differences.map(({ kind, id }) => `${kind} ${id}`)
  }

  describe('at the rev that was sent', () => {
    it('keeps a record pending that changed while it was sent, and sends it again', async () => {
      const revs: number[] = []
      let article: Article | undefined
      site.engine.beforeBulk = async (_index, operations) => {
        for (const operation of operations) if ('write' in operation && operation.write.id === article?._id) revs.push(operation.write.rev)
        if (article !== undefined && revs.length === 1) await retitle(article, 'Second title')
      }
      article = await anArticle(site, author, { title: 'First title', text: 'x' })
      await settled()
      expect(revs).to.deep.equal([1, 2])
      expect(await found('second')).to.deep.equal(['Second title'])
      expect(await found('first')).to.deep.equal([])
      expect(await kept(article._id)).not.to.have.property('pendingSince')
    })

    it('takes a late, older bulk of another process for done, not for newer', async () => {
      const { services, engine } = site
      await services.indexer.stop()
      const article = await anArticle(site, author, { title: 'First title', text: 'x' })
      const other = new Indexer({
        ...services,
        types: services.search.types,
        engine: engine.real,
        connection: services.storage.connection,
        log: pino({ level: 'silent' }),
      })
      let isFirst = true
      engine.beforeBulk = async index => {
        if (!isFirst || !index.startsWith('article')) return
        isFirst = false
        await retitle(article, 'Second title')
        await other.settled()
        expect(await found('second')).to.deep.equal(['Second title'])
      }
      await services.indexer.drain()
      expect(isFirst).to.equal(false)
      expect(await found('second')).to.deep.equal(['Second title'])
      expect(await found('first')).to.deep.equal([])
      expect(await drift()).to.deep.equal([])
    })

    it('clears no mark when another index was announced while the bulk was under way', async () => {
      const { searchIndexes } = site.services
      let announced: string | undefined
      site.engine.beforeBulk = async () => {
        announced ??= await searchIndexes.announce(type, 1)
      }
      await anArticle(site, author, { title: 'In both' })
      await settled()
      const { targets, live } = await indexRecord()
      expect(targets).to.deep.equal([live, announced])
      for (const index of targets) expect((await copies(index)).map(({ text }) => text.title)).to.deep.equal(['In both'])
    })
  })

  it('is brought in step in one round for all who ask while another round is under way', async () => {
    const { indexer, searchIndexes } = site.services
    await indexer.stop()
    const rounds = async (ask: () => Promise<unknown>) => {
      let looks = 0
      searchIndexes.of = async of => {
        if (of === 'article') looks += 1
        return SearchIndexes.prototype.of.call(searchIndexes, of)
      }
      await ask()
      Reflect.deleteProperty(searchIndexes, 'of')
      return looks
    }
    const one = await rounds(() => indexer.drain())
    expect(await rounds(() => Promise.all(Array.from({ length: 50 }, () => indexer.drain())))).to.equal(2 * one)
    const inTurn = async () => {
      for (let round = 0; round < 5; round++) await indexer.drain()
    }
    expect(await rounds(inTurn), 'the twin: each is a round').to.equal(5 * one)
  })

  it('is in step for whoever asks while a round is under way that has passed their record', async () => {
    const { indexer } = site.services
    await indexer.stop()
    let late: Promise<Article> | undefined
    site.engine.beforeBulk = async index => {
      if (index.startsWith('article')) late ??= anArticle(site, author, { title: 'Comes late' }).then(article => article)
      await late
    }
    await anArticle(site, author, { title: 'Comes first' })
    await Promise.all([indexer.drain(), settled(), settled()])
    expect((await found('comes')).sort()).to.deep.equal(['Comes first', 'Comes late'])
  })

  describe('for a record that the engine refuses', () => {
    let refused: Article

    beforeEach(async () => {
      site.engine.refuses = id => (id === refused?._id ? 'the text is too strange' : undefined)
      await site.services.indexer.stop()
      refused = await anArticle(site, author, { title: 'Strange case' })
      await anArticle(site, author, { title: 'Usual case' })
      await settled()
    })

    it('keeps it pending with the reason, and blocks no other', async () => {
      expect(await found('case')).to.deep.equal(['Usual case'])
      const record = await kept(refused._id)
      expect(record?.pendingSince).to.be.instanceOf(Date)
      expect(record?.rejection).to.include({ reason: 'the text is too strange', attempts: 1 })
      const [line] = site.logged.filter(({ level }) => level >= 50)
      expect(line).to.include({ type: 'article', id: refused._id, reason: 'the text is too strange' })
    })

    it('tries again with longer and longer pauses, at most an hour', async () => {
      await site.services.indexer.drain()
      expect((await kept(refused._id))?.rejection?.attempts).to.equal(1)
      const pauses: number[] = []
      for (let attempt = 1; attempt <= 14; attempt++) {
        const { retryAt } = (await kept(refused._id))?.rejection ?? { retryAt: clock.now() }
        pauses.push(retryAt.getTime() - clock.now().getTime())
        clock.move(pauses.at(-1) ?? 0)
        await site.services.indexer.drain()
        expect((await kept(refused._id))?.rejection?.attempts).to.equal(attempt + 1)
      }
      expect(pauses.every((pause, position) => pause > 0 && pause <= hourMs && pause >= (pauses[position - 1] ?? 0) * 0.99)).to.equal(true)
      expect(pauses.at(-1)).to.be.greaterThan(hourMs - 10_000)
    })

    it('takes it when the reason is gone', async () => {
      site.engine.refuses = () => undefined
      clock.move(hourMs)
      await site.services.indexer.drain()
      expect(await found('strange')).to.deep.equal(['Strange case'])
      expect(await kept(refused._id)).not.to.have.any.keys('pendingSince', 'rejection')
    })

    it('tries at once when somebody changes it', async () => {
      site.engine.refuses = () => undefined
      await retitle(refused, 'Tame case')
      await settled()
      expect(await found('tame')).to.deep.equal(['Tame case'])
    })

    it('is no drift, and holds up no reindex', async () => {
      expect(await drift()).to.deep.equal([])
      await new Reindex({ ...site.services, leaseMs: 20 }).run(type)
      expect(await found('case')).to.deep.equal(['Usual case'])
    })
  })

  describe('for a deleted record', () => {
    let article: Article

    beforeEach(async () => {
      article = await anArticle(site, author, { title: 'Short-lived', text: 'Erase me.' })
      await settled()
      expect(await found('short')).to.have.length(1)
      await site.services.articleWriting.remove(asReader(author), article.slug)
    })

    it('does not find it, and keeps nothing of its content', async () => {
      expect(await found('short')).to.deep.equal([])
      expect(await copies((await indexRecord()).live)).to.deep.equal([])
      const tombstone = await kept(article._id)
      expect(tombstone).to.have.property('deletedAt')
      expect(JSON.stringify(tombstone)).not.to.match(/short|erase/i)
    })

    it('removes the tombstone only after its time', async () => {
      clock.move(290_000)
      await site.services.indexer.drain()
      expect(await kept(article._id)).not.to.equal(null)
      clock.move(20_000)
      await site.services.indexer.drain()
      expect(await kept(article._id)).to.equal(null)
      expect(await drift()).to.deep.equal([])
    })

    it('keeps the tombstone while another index is being filled', async () => {
      const index = (await site.services.searchIndexes.announce(type, 1)) ?? ''
      clock.move(hourMs)
      await site.services.indexer.drain()
      expect(await kept(article._id)).not.to.equal(null)
      await site.services.searchIndexes.abandonFilling(type, index)
      await site.services.indexer.drain()
      expect(await kept(article._id)).to.equal(null)
    })

    it('keeps the tombstone until the engine has it', async () => {
      const other = await anArticle(site, author, { title: 'Another' })
      await settled()
      site.engine.switchOff()
      await write.erase({ _id: other._id })
      clock.move(hourMs)
      await site.services.indexer.drain().catch(() => undefined)
      expect(await kept(other._id)).not.to.equal(null)
      site.engine.switchOn()
      await settled()
      expect(await copies((await indexRecord()).live)).to.deep.equal([])
    })
  })

  describe('drift', () => {
    let article: Article
    let live: string

    beforeEach(async () => {
      article = await anArticle(site, author, { title: 'Level ground', text: 'Flat.' })
      await settled()
      live = (await indexRecord()).live
      expect(await drift()).to.deep.equal([])
    })

    const copyOf = async () => (await copies(live))[0] as SearchDocument
    const meddle = {
      missing: () => site.engine.real.bulk(live, [{ remove: { id: article._id, rev: article.rev } }]),
      ghost: async () => site.engine.real.bulk(live, [{ write: { ...(await copyOf()), id: 'a-ghost' } }]),
      different: async () => site.engine.real.bulk(live, [{ write: { ...(await copyOf()), readers: ['public'] } }]),
      stale: () =>
        site.services.models.articles.collection.updateOne(
          { _id: article._id as never },
          { $inc: { rev: 1 }, $set: { title: 'Uneven ground' } },
        ),
    }

    for (const kind of ['missing', 'ghost', 'different', 'stale'] as const) {
      it(`is found and repaired: ${kind}`, async () => {
        await meddle[kind]()
        const found = [`${kind} ${kind === 'ghost' ? 'a-ghost' : article._id}`]
        expect(await drift()).to.deep.equal(found)
        expect(await drift({ repair: true })).to.deep.equal(found)
        await settled()
        expect(await drift()).to.deep.equal([])
        expect((await copies(live)).map(({ id }) => id)).to.deep.equal([article._id])
      })
    }

    it('is repaired when the engine is ahead', async () => {
      await site.engine.real.bulk(live, [{ write: { ...(await copyOf()), rev: 7, text: { title: 'From the future', body: '' } } }])
      expect(await drift({ repair: true })).to.deep.equal([`stale ${article._id}`])
      await settled()
      expect(await drift()).to.deep.equal([])
      expect(await found('level')).to.deep.equal(['Level ground'])
    })

    it('is not what is pending', async () => {
      await site.services.indexer.stop()
      await retitle(article, 'Uneven ground')
      expect((await kept(article._id))?.pendingSince).to.be.instanceOf(Date)
      expect(await drift()).to.deep.equal([])
    })

    for (const heals of [true, false]) {
      it(`is ${heals ? 'not ' : ''}what is ${heals ? 'gone' : 'there still'} at the second look`, async () => {
        const copy = await copyOf()
        await meddle.missing()
        let looks = 0
        const refresh = site.engine.refresh.bind(site.engine)
        site.engine.refresh = async index => {
          if (index === live && ++looks === 2 && heals) await site.engine.real.bulk(live, [{ write: copy }])
          await refresh(index)
        }
        expect(await drift()).to.deep.equal(heals ? [] : [`missing ${article._id}`])
        expect(looks).to.equal(2)
      })
    }

    it('compares all of many, in the order of ids', async () => {
      await write.createMany(
        Array.from({ length: 1_200 }, (_, number) => ({
          ...article,
          _id: `many-${number}`,
          slug: `many-${number}`,
          title: `Many ${number}`,
        })).map(fresh),
      )
      await settled()
      await site.engine.real.bulk(live, [{ remove: { id: 'many-777', rev: 1 } }])
      const { compared, differences } = await site.services.drift.check()
      expect(compared).to.be.at.least(1_201)
      expect(differences.map(({ id }) => id)).to.deep.equal(['many-777'])
    })
  })

  describe('a reindex', () => {
    const quick = () => new Reindex({ ...site.services, leaseMs: 20 })

    it('fills another index while people write, change, delete and search, and loses nothing', async () => {
      const articles: Article[] = []
      for (let number = 0; number < 12; number++) articles.push(await anArticle(site, author, { title: `Steady ${number}`, text: 'x' }))
      await settled()
      const before = await indexRecord()
      let round = 0
      site.engine.beforeBulk = async () => {
        const at = round++
        if (at >= 10) return
        await anArticle(site, author, { title: `Arrived ${at}`, text: 'x' })
        await retitle(articles[at] as Article, `Changed ${at}`)
        if (at === 4) await write.erase({ _id: (articles[11] as Article)._id })
        expect(await found('steady')).to.include('Steady 10')
      }
      await quick().run(type)
      expect(round).to.be.at.least(2)
      await settled()
      const after = await indexRecord()
      expect(after.live).not.to.equal(before.live)
      expect(after.targets).to.deep.equal([after.live])
      expect(after).not.to.have.property('filling')
      expect(after.epoch).to.be.greaterThan(before.epoch)
      expect(await site.engine.aliasTarget('article')).to.equal(after.live)
      expect((await site.engine.listIndexes()).filter(index => index.startsWith('article'))).to.deep.equal([after.live])
      expect(await drift()).to.deep.equal([])
      expect(await found('changed')).to.have.length(Math.min(round, 10))
      expect(await found('arrived')).to.have.length(Math.min(round, 10))
    })

    it('gives up when the engine goes away, and the next one succeeds; what is found stays found', async () => {
      await anArticle(site, author, { title: 'Steady' })
      await settled()
      const before = await indexRecord()
      site.engine.beforeBulk = async index => {
        if (index !== before.live) site.engine.switchOff()
      }
      const refusal = await quick()
        .run(type)
        .then(
          () => undefined,
          (error: Error) => error.name,
        )
      expect(refusal).to.equal('Unavailable')
      site.engine.beforeBulk = async () => undefined
      site.engine.switchOn()
      clock.move(20_000)
      expect(await indexRecord()).to.deep.include({ live: before.live, targets: [before.live] })
      expect(await found('steady')).to.deep.equal(['Steady'])
      await quick().run(type)
      expect(await found('steady')).to.deep.equal(['Steady'])
      expect((await site.engine.listIndexes()).filter(index => index.startsWith('article'))).to.deep.equal([(await indexRecord()).live])
    })

    it('is refused while another one is at work, which goes on', async () => {
      await anArticle(site, author, { title: 'Steady' })
      await settled()
      const before = await indexRecord()
      let refusal: string | undefined
      site.engine.beforeBulk = async index => {
        if (index === before.live || refusal !== undefined) return
        refusal = 'none'
        refusal = await quick()
          .run(type)
          .then(
            () => 'none at all',
            (error: Error) => error.message,
          )
      }
      await quick().run(type)
      expect(refusal).to.match(/is re-indexing articles already/)
      expect((await indexRecord()).live).not.to.equal(before.live)
      expect(await found('steady')).to.deep.equal(['Steady'])
    })

    it('takes over from one that was killed', async () => {
      await anArticle(site, author, { title: 'Steady' })
      await settled()
      const killed = await site.services.searchIndexes.announce(type, 1)
      clock.move(300_000)
      await quick().run(type)
      expect(await site.engine.listIndexes()).not.to.include(killed)
      expect(await found('steady')).to.deep.equal(['Steady'])
      expect(await drift()).to.deep.equal([])
    })

    it('announced by two at once is announced by one, and its index stays', async () => {
      const { searchIndexes } = site.services
      const announced = (await Promise.all([searchIndexes.announce(type, 1), searchIndexes.announce(type, 1)])).filter(
        index => index !== undefined,
      )
      expect(announced).to.have.length(1)
      expect(await site.engine.listIndexes()).to.include(announced[0])
      expect((await indexRecord()).targets).to.include(announced[0])
    })
  })

  describe('when the engine lost its indexes', () => {
    it('makes and fills them again while the site runs', async () => {
      await anArticle(site, author, { title: 'Steady' })
      await settled()
      for (const index of await site.engine.listIndexes()) await site.engine.deleteIndex(index)
      clock.move(120_000)
      await site.services.indexer.drain()
      await settled()
      expect(await found('steady')).to.deep.equal(['Steady'])
      expect(await drift()).to.deep.equal([])
    })

    it('does so at once when somebody writes', async () => {
      await anArticle(site, author, { title: 'Steady' })
      await settled()
      for (const index of await site.engine.listIndexes()) await site.engine.deleteIndex(index)
      await anArticle(site, author, { title: 'Steady too' })
      await settled().catch(() => undefined)
      await settled()
      expect(await found('steady')).to.have.members(['Steady', 'Steady too'])
    })
  })

  describe('narrowing who may read something', () => {
    it('answers after the index has it', async () => {
      const team = { teamId: 'a-team' }
      const article = await anArticle(site, author, { title: 'Narrow gauge', owner: team })
      await settled()
      const { services } = site
      const { title, kind, text, skillIds, revision } = article
      const content = {
        title,
        kind,
        text,
        skillIds,
        revision,
        coAuthorIds: [],
        thankedIds: [],
        fields: [],
        marking: 'OFFICIAL' as const,
        visibility: 'team' as const,
        chosenOrganisationIds: [],
        teamId: team.teamId,
        publish: true,
      }
      const visible = async () => (await services.engine.search({ alias: 'article', readers: ['partnership'], from: 0, size: 10 })).total
      expect(await visible()).to.equal(1)
      await services.indexer.stop()
      await services.articleWriting.save(asReader(author), article.slug, content)
      expect(await kept(article._id)).not.to.have.property('pendingSince')
      expect(await visible()).to.equal(0)
    })
  })
})

const fresh = ({ rev: _rev, pendingSince: _pending, titleWords: _words, ...record }: Article) => record
