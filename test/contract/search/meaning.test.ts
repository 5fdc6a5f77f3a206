import { expect } from 'chai'
import type { SearchDocument } from '../../../server/search/searchEngine.ts'
import { newId } from '../../../server/storage/newId.ts'
import { WordEncoder } from '../../support/wordEncoder.ts'
import { aDocument, mapping, onEveryEngine } from './searching.ts'

onEveryEngine('what is near', ({ engine }) => {
  const encoder = new WordEncoder()
  const { model, dimensions } = encoder
  const vector = encoder.vector('machines to the cloud')

  const about = async (id: string, text: string, given: Partial<SearchDocument> = {}): Promise<SearchDocument> => ({
    ...aDocument(id, { title: id, body: text }),
    ...given,
    passages: await encoder.encodePassages({ title: '', text }),
  })

  const indexOf = async (documents: readonly SearchDocument[]) => {
    const alias = `near-${newId().slice(-8)}`
    await engine().createIndex(`${alias}-1`, { ...mapping, passages: { model, dimensions } })
    await engine().pointAlias(alias, `${alias}-1`)
    const write = async (written: readonly SearchDocument[]) => {
      const outcomes = await engine().bulk(
        `${alias}-1`,
        written.map(write => ({ write })),
      )
      await engine().refresh(`${alias}-1`)
      return outcomes
    }
    expect(await write(documents)).to.deep.equal(documents.map(() => 'done'))
    const near = (asked: Partial<Parameters<ReturnType<typeof engine>['nearest']>[0]> = {}) =>
      engine().nearest({ alias, readers: ['partnership'], model, vector, atLeast: 0.3, most: 10, ...asked })
    return { alias, write, near, ids: async (asked?: Parameters<typeof near>[0]) => (await near(asked)).map(({ id }) => id) }
  }

  it('comes nearest first, by the nearest passage of each document', async () => {
    const filling = 'Sandwiches and tea at noon. '.repeat(60)
    const index = await indexOf([
      await about('tea', 'Sandwiches and tea at noon'),
      await about('half', 'Azure bills explained'),
      await about('whole', 'Workload on Azure'),
      await about('late', `${filling}\n${'Workload on Azure. '.repeat(20)}`),
    ])
    const found = await index.near()
    expect(found.map(({ id }) => id).filter(id => id !== 'late')).to.deep.equal(['whole', 'half'])
    expect(found[0]?.cosine).to.be.closeTo(1, 0.02)
    expect(found[0]?.passage).to.deep.equal({ from: 0, to: 17 })
    const late = (await index.near({ atLeast: 0 })).find(({ id }) => id === 'late')
    expect(late?.passage.from).to.be.greaterThan(1_000)
    expect((await index.ids({ atLeast: 0.9 })).filter(id => id !== 'late')).to.deep.equal(['whole'])
    expect(await index.ids({ most: 1 })).to.deep.equal(['whole'])
  })

  it('is only what the tokens open, however much of what they do not is nearer', async () => {
    const hidden = await Promise.all(
      Array.from({ length: 40 }, (_, n) => about(`hidden-${n}`, 'Workload on Azure', { readers: ['person:ann'] })),
    )
    const index = await indexOf([...hidden, await about('open', 'Azure bills explained')])
    expect(await index.ids({ most: 5 })).to.deep.equal(['open'])
    expect(await index.ids({ most: 5, readers: ['person:ann'] }), 'twin: with their token').to.have.length(5)
    expect(await index.ids({ readers: [] })).to.deep.equal([])
  })

  it('passes filters and ranges', async () => {
    const on = (id: string, kind: string, at: string) =>
      about(id, 'Workload on Azure', { keywords: { kind: [kind] }, dates: { publishedAt: new Date(at) } })
    const index = await indexOf([await on('old', 'how-to', '2020-01-01'), await on('new', 'lesson', '2026-01-01')])
    expect(await index.ids({ filters: [{ field: 'kind', anyOf: ['how-to'] }] })).to.deep.equal(['old'])
    expect(await index.ids({ filters: [{ field: 'kind', anyOf: ['how-to'], not: true }] })).to.deep.equal(['new'])
    expect(await index.ids({ ranges: [{ field: 'publishedAt', from: new Date('2025-01-01') }] })).to.deep.equal(['new'])
  })

  it('follows what is written, without passages too, and is nothing of another model or without one', async () => {
    const index = await indexOf([await about('page', 'Workload on Azure')])
    expect(await index.ids()).to.deep.equal(['page'])
    await index.write([await about('page', 'Sandwiches and tea', { rev: 2 })])
    expect(await index.ids()).to.deep.equal([])
    await index.write([await about('page', 'Workload on Azure', { rev: 3 })])
    expect(await index.ids()).to.deep.equal(['page'])
    expect(await index.ids({ model: 'another' })).to.deep.equal([])
    await index.write([aDocument('page', { rev: 4, body: 'Workload on Azure' })])
    expect(await index.ids()).to.deep.equal([])
    await engine().createIndex(`${index.alias}-2`, mapping)
    await engine().pointAlias(index.alias, `${index.alias}-2`)
    expect(await index.ids()).to.deep.equal([])
  })

  it('walks documents without their passages', async () => {
    const index = await indexOf([await about('page', 'Workload on Azure')])
    for await (const page of engine().walk(`${index.alias}-1`, 10))
      expect(page.map(document => document.passages)).to.deep.equal([undefined])
  })
})
