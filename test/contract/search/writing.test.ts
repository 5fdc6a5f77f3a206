import { expect } from 'chai'
import type { BulkOperation, SearchDocument } from '../../../server/search/searchEngine.ts'
import { aDocument, onEveryEngine, type TestIndex, words } from './searching.ts'

const write = (id: string, rev: number, title = `rev${rev}`): BulkOperation => ({ write: aDocument(id, { rev, title }) })
const remove = (id: string, rev: number): BulkOperation => ({ remove: { id, rev } })

onEveryEngine('versions', ({ indexOf }) => {
  /** Each operation in a bulk of its own. */
  async function outcomes(index: TestIndex, ...operations: BulkOperation[]) {
    const all = []
    for (const operation of operations) all.push(...(await index.bulk([operation])))
    return all
  }
  const titled = async (index: TestIndex, title: string) => (await index.ids({ text: words(title) })).length

  it('never lets an older rev overwrite a newer one', async () => {
    const index = await indexOf()
    expect(await outcomes(index, write('a', 1), write('a', 3), write('a', 2))).to.deep.equal(['done', 'done', 'newer'])
    expect([await titled(index, 'rev3'), await titled(index, 'rev2'), await titled(index, 'rev1')]).to.deep.equal([1, 0, 0])
    expect(await outcomes(index, write('a', 4))).to.deep.equal(['done'])
    expect([await titled(index, 'rev4'), await titled(index, 'rev3')], 'twin: a newer one does').to.deep.equal([1, 0])
  })

  it('writes an equal rev again, and forgets all of what was there', async () => {
    const index = await indexOf([
      aDocument('a', { rev: 2, title: 'Storage', body: 'Disks', keywords: { kind: ['old'] }, dates: { publishedAt: new Date(0) } }),
    ])
    expect(await outcomes(index, write('a', 2, 'Backup'))).to.deep.equal(['done'])
    expect(await index.ids({ text: words('backup') })).to.deep.equal(['a'])
    expect(await index.ids({ text: words('storage disks') })).to.deep.equal([])
    expect(await index.ids({ filters: [{ field: 'kind', anyOf: ['old'] }] })).to.deep.equal([])
    expect(await index.ids({ ranges: [{ field: 'publishedAt' }] })).to.deep.equal([])
  })

  it('removes at an equal or a higher rev; a lower one changes nothing', async () => {
    const index = await indexOf([aDocument('a', { rev: 5, title: 'Storage' }), aDocument('b', { rev: 5, title: 'Storage' })])
    expect(await outcomes(index, remove('a', 4))).to.deep.equal(['newer'])
    expect(await index.ids({ text: words('storage') })).to.deep.equal(['a', 'b'])
    expect(await outcomes(index, remove('a', 5), remove('b', 6))).to.deep.equal(['done', 'done'])
    expect(await index.ids({ text: words('storage') })).to.deep.equal([])
    expect((await index.ask()).total).to.equal(0)
  })

  it('keeps what was removed removed against older writes, and lets newer ones through', async () => {
    const index = await indexOf()
    expect(await outcomes(index, write('a', 1), remove('a', 3), write('a', 2), remove('a', 2))).to.deep.equal([
      'done',
      'done',
      'newer',
      'newer',
    ])
    expect(await index.ids()).to.deep.equal([])
    expect(await outcomes(index, remove('a', 3), write('a', 3))).to.deep.equal(['done', 'done'])
    expect(await index.ids(), 'at its rev again').to.deep.equal(['a'])
  })

  it('keeps what was removed before it came from coming late', async () => {
    const index = await indexOf()
    expect(await outcomes(index, remove('a', 2), write('a', 1))).to.deep.equal(['done', 'newer'])
    expect(await index.ids()).to.deep.equal([])
    expect(await outcomes(index, write('a', 4))).to.deep.equal(['done'])
    expect(await index.ids()).to.deep.equal(['a'])
  })

  it('goes by the same rule within one bulk, in its order', async () => {
    const index = await indexOf()
    const operations = [
      write('a', 2),
      write('a', 1),
      remove('b', 1),
      write('b', 2),
      write('c', 1),
      remove('c', 1),
      write('d', 1),
      write('d', 1, 'Again'),
    ]
    expect(await index.bulk(operations)).to.deep.equal(['done', 'newer', 'done', 'done', 'done', 'done', 'done', 'done'])
    expect(await index.ids()).to.deep.equal(['a', 'b', 'd'])
    expect(await index.ids({ text: words('again') })).to.deep.equal(['d'])
  })
})

onEveryEngine('writing', ({ engine, indexOf }) => {
  const undeclared = (id: string, part: Partial<SearchDocument>): BulkOperation => ({ write: { ...aDocument(id), ...part } })

  it('refuses what is not declared, and lets it block nothing else', async () => {
    const index = await indexOf()
    const outcomes = await index.bulk([
      write('a', 1),
      undeclared('text', { text: { title: 'Storage', summary: 'Disks' } }),
      write('b', 1),
      undeclared('keywords', { keywords: { colour: ['red'] } }),
      undeclared('dates', { dates: { endedAt: new Date(0) } }),
      undeclared('inherited', { text: { constructor: 'Disks' } }),
      remove('c', 1),
    ])
    expect(outcomes.map(outcome => (typeof outcome === 'string' ? outcome : 'rejected'))).to.deep.equal([
      'done',
      'rejected',
      'done',
      'rejected',
      'rejected',
      'rejected',
      'done',
    ])
    for (const [position, field] of [
      [1, 'summary'],
      [3, 'colour'],
      [4, 'endedAt'],
    ] as const)
      expect((outcomes[position] as { rejected: string }).rejected, 'the reason names the field').to.include(field)
    expect(await index.ids()).to.deep.equal(['a', 'b'])
  })

  it('keeps what is there when a newer rev is refused', async () => {
    const index = await indexOf([aDocument('a', { title: 'Storage' })])
    const [outcome] = await index.bulk([undeclared('a', { rev: 2, text: { summary: 'Disks' } })])
    expect(outcome).to.have.property('rejected')
    expect(await index.ids({ text: words('storage') })).to.deep.equal(['a'])
    expect(await index.bulk([write('a', 1)]), 'and its rev').to.deep.equal(['done'])
  })

  it('takes 1,000 in one bulk, and answers each in order', async () => {
    const index = await indexOf([aDocument('n0500', { rev: 9 })])
    const ids = Array.from({ length: 1_000 }, (_, n) => `n${String(n).padStart(4, '0')}`)
    const outcomes = await index.bulk(
      ids.map(id => ({ write: aDocument(id, { title: 'Storage', body: 'About disks and tapes. '.repeat(40) }) })),
    )
    expect(outcomes).to.have.length(1_000)
    expect(outcomes.flatMap((outcome, n) => (outcome === 'done' ? [] : [`${ids[n]} ${outcome}`]))).to.deep.equal(['n0500 newer'])
    expect((await index.ask({ text: words('storage') })).total).to.equal(999)
    expect(await index.ids({ from: 990, size: 1_000 })).to.deep.equal(ids.slice(990))
  })

  it('takes a bulk of nothing', async () => {
    expect(await (await indexOf()).bulk([])).to.deep.equal([])
  })

  it('takes texts that are empty, very long, one endless word, or full of control characters', async () => {
    const index = await indexOf()
    const long = `${'Many matters were discussed. '.repeat(30_000)} Zebra.`
    const texts = ['', long, `${'x'.repeat(100_000)} zebra`, 'a\u0000b\u0001 zebra \u007F\u0085', '\u{1F525} zebra \u200D\uFE0F']
    const outcomes = await index.bulk(texts.map((body, n) => ({ write: aDocument(`t${n}`, { body }) })))
    expect(outcomes).to.deep.equal(texts.map(() => 'done'))
    expect(await index.ids({ text: words('zebra') })).to.have.members(['t1', 't2', 't3', 't4'])
    expect(await index.ids({ text: words('x'.repeat(100_000)) })).to.deep.equal(['t2'])
    const { hits } = await index.ask({ text: words('zebra'), highlight: ['body'] })
    for (const { id, highlights } of hits) expect(highlights.body?.join(' '), id).to.match(/\uE000zebra\uE001/i)
  })

  it('finds after refresh what was acknowledged before', async () => {
    const index = await indexOf()
    expect(await engine().bulk(index.name, [write('a', 1)])).to.deep.equal(['done'])
    await engine().refresh(index.name)
    expect(await index.ids()).to.deep.equal(['a'])
    expect(await engine().bulk(index.name, [remove('a', 2)])).to.deep.equal(['done'])
    await engine().refresh(index.name)
    expect(await index.ids()).to.deep.equal([])
  })
})

onEveryEngine('walking', ({ engine, indexOf }) => {
  async function pages(index: TestIndex, pageSize: number) {
    const all: SearchDocument[][] = []
    for await (const page of engine().walk(index.name, pageSize)) all.push(page)
    return all
  }

  it('goes through all ids by code unit, in pages', async () => {
    const ids = ['b', 'a', 'B', 'A', '10', '9', '1', 'é', 'e', 'z', 'Ω', '日本', 'a-b', 'a_b', 'a b', 'aé']
    const index = await indexOf(ids.map(id => aDocument(id)))
    const sorted = [...ids].sort()
    for (const pageSize of [1, 3, 4, 16, 100]) {
      const walked = await pages(index, pageSize)
      expect(
        walked.flat().map(({ id }) => id),
        `pages of ${pageSize}`,
      ).to.deep.equal(sorted)
      expect(walked.every(page => page.length > 0 && page.length <= pageSize)).to.equal(true)
      expect(walked).to.have.length(Math.ceil(ids.length / pageSize))
    }
  })

  it('gives each document whole, as it was written', async () => {
    const document: SearchDocument = {
      id: 'whole',
      rev: 12,
      readers: ['partnership', 'person:ann'],
      text: { title: 'Caf\u00E9 <b> "quoted"', body: 'Two\nlines \u{1F525} ﬁre m²' },
      keywords: { kind: ['howTo'], skill: ['san', 'vmware'] },
      dates: { publishedAt: new Date('2026-03-31T10:20:30.456Z') },
    }
    const index = await indexOf([document])
    expect(await pages(index, 10)).to.deep.equal([[document]])
  })

  it('leaves out what was removed, and has no pages when nothing is there', async () => {
    const index = await indexOf([aDocument('a'), aDocument('b')])
    await index.bulk([remove('a', 2)])
    expect((await pages(index, 10)).flat().map(({ id }) => id)).to.deep.equal(['b'])
    expect(await pages(await indexOf(), 10)).to.deep.equal([])
  })

  it('stays one view while others write', async () => {
    const index = await indexOf(['a', 'b', 'c', 'd'].map(id => aDocument(id)))
    const walked: string[] = []
    for await (const page of engine().walk(index.name, 1)) {
      if (walked.length === 0) await index.bulk([write('c', 2), remove('d', 2), write('e', 1)])
      walked.push(...page.map(({ id, rev }) => `${id} ${rev}`))
    }
    expect(walked).to.deep.equal(['a 1', 'b 1', 'c 1', 'd 1'])
    expect(await index.ids(), 'twin: they did').to.deep.equal(['a', 'b', 'c', 'e'])
  })

  it('can be left halfway, and begun again', async () => {
    const index = await indexOf([aDocument('a'), aDocument('b')])
    for await (const page of engine().walk(index.name, 1)) {
      expect(page).to.have.length(1)
      break
    }
    expect((await pages(index, 1)).flat()).to.have.length(2)
  })
})
