import { expect } from 'chai'
import { aDocument, onEveryEngine, phrases, words } from './searching.ts'

onEveryEngine('readers', ({ indexOf }) => {
  const of = (id: string, ...readers: string[]) =>
    aDocument(id, { title: 'Storage', body: `Notes of ${id}`, readers, keywords: { kind: [id] }, dates: { publishedAt: new Date(0) } })
  const documents = [of('everyone', 'partnership', 'public'), of('ann', 'person:ann'), of('ben', 'person:ben', 'team:one'), of('nobody')]
  const ways = {
    everything: {},
    words: { text: words('storage') },
    'a phrase': { text: phrases('storage') },
    'an exclusion': { text: { words: [], phrases: [], excluded: ['nowhere'] } },
    clauses: { clauses: ['everyone', 'ann', 'ben', 'nobody'].map(value => ({ field: 'id', value, score: 1 })) },
    'a filter': { filters: [{ field: 'kind', anyOf: ['everyone', 'ann', 'ben', 'nobody'] }] },
    'the other way of a filter': { filters: [{ field: 'kind', anyOf: ['nowhere'], not: true }] },
    'a range': { ranges: [{ field: 'publishedAt', from: new Date(0) }] },
    'an order': { sort: { date: 'publishedAt', newestFirst: true } },
  }

  for (const [way, query] of Object.entries(ways)) {
    it(`finds by ${way} only what the tokens open: hits, total and facets`, async () => {
      const index = await indexOf(documents)
      const seen = async (...readers: string[]) => {
        const { hits, total, facets } = await index.ask({ ...query, readers, facets: ['kind'] })
        const ids = hits.map(({ id }) => id).sort()
        expect(total).to.equal(ids.length)
        expect(facets.kind?.map(({ value }) => value)).to.deep.equal(ids)
        return ids
      }
      expect(await seen('partnership', 'person:ann')).to.deep.equal(['ann', 'everyone'])
      expect(await seen('partnership', 'person:ben'), "twin: with the other person's token").to.deep.equal(['ben', 'everyone'])
      expect(await seen('team:one', 'person:ben')).to.deep.equal(['ben'])
      expect(await seen('person:an', 'Partnership', 'person:ann ', '*')).to.deep.equal([])
      expect(await seen()).to.deep.equal([])
    })
  }

  it('counts asked values only where they may be seen', async () => {
    const index = await indexOf(documents)
    const counted = async (reader: string) => {
      const { facets } = await index.ask({ readers: [reader], facets: [{ field: 'kind', values: ['ben'] }], size: 0 })
      return facets.kind?.find(({ value }) => value === 'ben')?.count ?? 0
    }
    expect(await counted('person:ann')).to.equal(0)
    expect(await counted('person:ben'), 'twin').to.equal(1)
  })

  it('follows the readers of the newest rev', async () => {
    const index = await indexOf(documents)
    await index.bulk([{ write: { ...of('ann', 'person:ben'), rev: 2 } }])
    expect(await index.ids({ readers: ['person:ann'] })).to.deep.equal([])
    expect(await index.ids({ readers: ['person:ben'] })).to.deep.equal(['ann', 'ben'])
  })

  it('takes several hundred tokens', async () => {
    const index = await indexOf(documents)
    const tokens = Array.from({ length: 500 }, (_, n) => `day:${n}`)
    expect(await index.ids({ readers: [...tokens, 'person:ann'] })).to.deep.equal(['ann'])
    expect(await index.ids({ readers: tokens })).to.deep.equal([])
  })
})
