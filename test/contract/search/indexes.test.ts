import { expect } from 'chai'
import { Unavailable } from '../../../server/failures.ts'
import { openElasticsearch } from '../../../server/search/elasticsearch/elasticsearchSearch.ts'
import { newId } from '../../../server/storage/newId.ts'
import { MovableClock } from '../../support/movableClock.ts'
import { engines } from './engines.ts'
import { aDocument, mapping, onEveryEngine, words } from './searching.ts'

const failure = (asked: Promise<unknown>) =>
  asked.then(
    () => 'an answer',
    error => error as unknown,
  )

onEveryEngine('indexes and aliases', ({ engine, indexOf }) => {
  const make = async (name: string, ...ids: string[]) => {
    await engine().createIndex(name, mapping)
    if (ids.length > 0)
      await engine().bulk(
        name,
        ids.map(id => ({ write: aDocument(id, { title: 'Storage' }) })),
      )
    await engine().refresh(name)
  }
  const found = async (alias: string) => {
    const { hits } = await engine().search({ alias, readers: ['partnership'], from: 0, size: 10 })
    return hits.map(({ id }) => id)
  }

  it('makes an index once: the second time changes nothing', async () => {
    await make('twice-1', 'a')
    await engine().pointAlias('twice', 'twice-1')
    await engine().createIndex('twice-1', { ...mapping, keywords: [] })
    expect(await found('twice')).to.deep.equal(['a'])
    expect(await engine().aliasTarget('twice')).to.equal('twice-1')
    const kept = await engine().bulk('twice-1', [{ write: aDocument('b', { keywords: { kind: ['howTo'] } }) }])
    expect(kept, 'its mapping too').to.deep.equal(['done'])
  })

  it('makes an index once when it is asked for ten times at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => engine().createIndex('at-once-1', mapping)))
    expect((await engine().listIndexes()).filter(name => name.startsWith('at-once'))).to.deep.equal(['at-once-1'])
  })

  it('lists indexes by their own names, and no aliases', async () => {
    await make('listed-1')
    await make('listed-2')
    await engine().pointAlias('listed', 'listed-2')
    expect((await engine().listIndexes()).filter(name => name.includes('listed'))).to.deep.equal(['listed-1', 'listed-2'])
  })

  it('deletes an index with its alias, and is content when it is gone already', async () => {
    await make('deleted-1', 'a')
    await engine().pointAlias('deleted', 'deleted-1')
    await engine().deleteIndex('deleted-1')
    expect(await engine().listIndexes()).to.not.include('deleted-1')
    expect(await engine().aliasTarget('deleted')).to.equal(undefined)
    await engine().deleteIndex('deleted-1')
    await make('deleted-1')
    await engine().pointAlias('deleted', 'deleted-1')
    expect(await found('deleted'), 'made anew, it is empty').to.deep.equal([])
  })

  it('points an alias to one index, then to another', async () => {
    await make('moved-1', 'old')
    await make('moved-2', 'new')
    expect(await engine().aliasTarget('moved')).to.equal(undefined)
    await engine().pointAlias('moved', 'moved-1')
    expect([await engine().aliasTarget('moved'), await found('moved')]).to.deep.equal(['moved-1', ['old']])
    await engine().pointAlias('moved', 'moved-2')
    expect([await engine().aliasTarget('moved'), await found('moved')]).to.deep.equal(['moved-2', ['new']])
    await engine().pointAlias('moved', 'moved-2')
    expect(await found('moved'), 'again').to.deep.equal(['new'])
  })

  it('moves an alias in one step: everybody who asks meanwhile finds one of the two', async () => {
    await make('step-1', 'old')
    await make('step-2', 'new')
    await engine().pointAlias('step', 'step-1')
    let moving = true
    const answers: string[] = []
    const asking = Promise.all(
      Array.from({ length: 4 }, async () => {
        while (moving) answers.push((await found('step')).join())
      }),
    )
    for (let n = 0; n < 20; n++) await engine().pointAlias('step', n % 2 === 0 ? 'step-2' : 'step-1')
    moving = false
    await asking
    expect([...new Set(answers)].sort()).to.deep.equal(['new', 'old'])
  })

  it('leaves an alias where it is when the new index is not there', async () => {
    await make('stays-1', 'a')
    await engine().pointAlias('stays', 'stays-1')
    expect(await failure(engine().pointAlias('stays', 'stays-2'))).to.be.instanceOf(Unavailable)
    expect(await engine().aliasTarget('stays')).to.equal('stays-1')
  })

  it('weighs and takes fields as the mapping of the index says', async () => {
    const flat = { ...mapping, text: { title: { weight: 1 }, body: { weight: 5 }, summary: { weight: 1 } } }
    await engine().createIndex('weighed-1', flat)
    await engine().pointAlias('weighed', 'weighed-1')
    const { summary, ...documents } = {
      title: aDocument('a-title', { title: 'Storage', body: 'Notes' }),
      body: aDocument('b-body', { title: 'Notes', body: 'Storage' }),
      summary: { ...aDocument('c-summary'), text: { summary: 'Disks' } },
    }
    await engine().bulk(
      'weighed-1',
      [...Object.values(documents), summary].map(write => ({ write })),
    )
    await engine().refresh('weighed-1')
    const ids = async (typed: string) => {
      const { hits } = await engine().search({ alias: 'weighed', readers: ['partnership'], text: words(typed), from: 0, size: 10 })
      return hits.map(({ id }) => id)
    }
    expect(await ids('storage')).to.deep.equal(['b-body', 'a-title'])
    expect(await ids('disks')).to.deep.equal(['c-summary'])
    const index = await indexOf([...Object.values(documents)])
    expect(await index.ids({ text: words('storage') }), 'twin: the other weights').to.deep.equal(['a-title', 'b-body'])
  })

  it('is unavailable where there is no such alias or index, and makes none', async () => {
    const before = await engine().listIndexes()
    const asked = { readers: ['partnership'], from: 0, size: 10 }
    expect(await failure(engine().search({ alias: 'nowhere', ...asked }))).to.be.instanceOf(Unavailable)
    expect(await failure(engine().bulk('nowhere-1', [{ write: aDocument('a') }]))).to.be.instanceOf(Unavailable)
    expect(await failure(engine().walk('nowhere-1', 10)[Symbol.asyncIterator]().next())).to.be.instanceOf(Unavailable)
    expect(await failure(engine().pointAlias('nowhere', 'nowhere-1'))).to.be.instanceOf(Unavailable)
    expect(await engine().listIndexes()).to.deep.equal(before)
  })
})

const node = process.env.ELASTICSEARCH_URL

describe('several processes on one Elasticsearch', () => {
  it('each take the fields of the index that another moved the alias to', async function () {
    if (node === undefined) return this.skip()
    const clock = new MovableClock()
    const settings = { nodes: [node], prefix: `contract-${newId()}`, clock }
    const [mover, asker] = await Promise.all([openElasticsearch(settings), openElasticsearch(settings)])
    try {
      const asked = { alias: 'page', readers: ['partnership'], text: words('disks'), from: 0, size: 10 }
      await mover.createIndex('page-1', mapping)
      await mover.pointAlias('page', 'page-1')
      expect((await asker.search(asked)).total).to.equal(0)
      await mover.createIndex('page-2', { ...mapping, text: { ...mapping.text, summary: { weight: 1 } } })
      await mover.bulk('page-2', [{ write: { ...aDocument('a'), text: { summary: 'Disks' } } }])
      await mover.refresh('page-2')
      await mover.pointAlias('page', 'page-2')
      clock.move(5_000)
      expect((await asker.search(asked)).total).to.equal(1)
    } finally {
      for (const index of await mover.listIndexes()) await mover.deleteIndex(index)
      await Promise.all([mover.close(), asker.close()])
    }
  })
})

for (const tested of engines) {
  it(`keeps two apart that have different prefixes or files: ${tested.name}`, async () => {
    const [one, other] = await Promise.all([tested.open(), tested.open()])
    try {
      await one.engine.createIndex('page-1', mapping)
      await one.engine.pointAlias('page', 'page-1')
      expect(await other.engine.listIndexes()).to.deep.equal([])
      expect(await other.engine.aliasTarget('page')).to.equal(undefined)
      await other.engine.deleteIndex('page-1')
      expect(await one.engine.listIndexes()).to.deep.equal(['page-1'])
    } finally {
      await Promise.all([one.close(), other.close()])
    }
  })
}
