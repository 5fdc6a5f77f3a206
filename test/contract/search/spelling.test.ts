import { expect } from 'chai'
import { openElasticsearch } from '../../../server/search/elasticsearch/elasticsearchSearch.ts'
import { newId } from '../../../server/storage/newId.ts'
import { aDocument, onEveryEngine } from './searching.ts'

onEveryEngine('words that are written', ({ engine, indexOf }) => {
  const documents = [
    aDocument('open', {
      title: 'Procurement of servers',
      body: 'A datacentre and its data centre: the Café of the county procured it. Teh end, x-ray.',
    }),
    aDocument('hidden', { title: 'Procuration secrets', body: 'Moonraker servers for the data vault', readers: ['space:hidden'] }),
  ]
  const open = ['partnership']
  const all = ['partnership', 'space:hidden']

  it('are said of phrases, by stem, in documents that the readers may see', async () => {
    const { alias } = await indexOf(documents)
    const phrases = ['procurements', 'data centre', 'centre data', 'moonraker', 'data vault', 'x ray', 'nowhere', '!', 'cafe']
    const occurring = (readers: string[]) => engine().occurring({ aliases: [alias], readers, phrases })
    expect(await occurring(open)).to.deep.equal(['procurements', 'data centre', 'x ray', 'cafe'])
    expect(await occurring(all), 'twin: who may see more').to.deep.equal([
      'procurements',
      'data centre',
      'moonraker',
      'data vault',
      'x ray',
      'cafe',
    ])
    expect(await occurring([]), 'nobody').to.deep.equal([])
  })

  it('are found near a mistyped one: a letter put in, left out, replaced or two swapped', async () => {
    const { alias } = await indexOf(documents)
    const near = (word: string, edits: 1 | 2 = 1) => engine().wordsNear({ aliases: [alias], readers: open, word, edits, most: 3 })
    for (const typed of ['procurment', 'procuremnet', 'procuremment', 'procuremint', 'rpocurement'])
      expect(await near(typed), typed).to.deep.equal(['procurement'])
    expect(await near('cofe')).to.deep.equal(['cafe'])
    expect(await near('procrment')).to.deep.equal([])
    expect(await near('procrment', 2)).to.deep.equal(['procurement'])
    expect(await near('procurement'), 'not itself').to.deep.equal([])
  })

  it('are not found near where only others may read them, not even by a stem that is readable', async () => {
    const { alias } = await indexOf(documents)
    const near = (word: string, readers: string[]) => engine().wordsNear({ aliases: [alias], readers, word, edits: 2, most: 5 })
    expect(await near('moonrakr', open)).to.deep.equal([])
    expect(await near('moonrakr', all), 'twin: who may see it').to.deep.equal(['moonraker'])
    expect(await near('procuratoin', open), 'procured has its stem').to.deep.equal([])
    expect(await near('procuratoin', all)).to.deep.equal(['procuration'])
  })

  it('are asked of several types at once, and go when their document goes', async () => {
    const [first, second] = [
      await indexOf([aDocument('a', { title: 'Firewalls' })]),
      await indexOf([aDocument('b', { title: 'Mainframes' })]),
    ]
    const asked = { aliases: [first.alias, second.alias], readers: open }
    const near = () => engine().wordsNear({ ...asked, word: 'mainframse', edits: 1 as const, most: 3 })
    expect(await engine().occurring({ ...asked, phrases: ['firewall', 'mainframe'] })).to.deep.equal(['firewall', 'mainframe'])
    expect(await near()).to.deep.equal(['mainframes'])
    await second.bulk([{ remove: { id: 'b', rev: 2 } }])
    expect(await near()).to.deep.equal([])
  })

  it('of any characters are answered', async () => {
    const { alias } = await indexOf(documents)
    const phrases = ['"', '*', 'a" OR "b', 'NEAR(', '\u0000', '🙂', 'x'.repeat(5_000)]
    expect(await engine().occurring({ aliases: [alias], readers: open, phrases })).to.deep.equal([])
    for (const word of ['🙂🙂🙂🙂', '"""""', 'x'.repeat(300)])
      expect(await engine().wordsNear({ aliases: [alias], readers: open, word, edits: 2, most: 3 }), word).to.deep.equal([])
  })
})

const node = process.env.ELASTICSEARCH_URL
if (node !== undefined)
  describe('words that are written: an index that an earlier version made in Elasticsearch', () => {
    it('has none near, until it is filled anew', async () => {
      const prefix = `contract-${newId()}`
      const mappings = { properties: { readers: { type: 'keyword' }, text: { properties: { title: { type: 'text' } } } } }
      const body = JSON.stringify({ mappings, aliases: { [`${prefix}.page`]: {}, [`${prefix}.page-1`]: {} } })
      const made = await fetch(`${node}/${prefix}.page-1.0`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body })
      expect(made.status).to.equal(200)
      const engine = await openElasticsearch({ nodes: [node], prefix })
      const asked = { aliases: ['page'], readers: ['partnership'] }
      expect(await engine.wordsNear({ ...asked, word: 'storgae', edits: 1, most: 3 })).to.deep.equal([])
      expect(await engine.occurring({ ...asked, phrases: ['storage'] })).to.deep.equal([])
      await engine.deleteIndex('page-1')
      await engine.close()
    })
  })
