import { expect } from 'chai'
import { highlightEnd, highlightStart, type SearchQuery } from '../../../server/search/searchEngine.ts'
import { aDocument, fillers, mapping, onEveryEngine, phrases, words } from './searching.ts'

const withBeside = { ...mapping, text: { ...mapping.text, notes: { weight: 0.3 } } }
const made = (id: string, { notes = '', ...parts }: { title?: string; body?: string; notes?: string }) => {
  const document = aDocument(id, parts)
  return { write: { ...document, text: { ...document.text, notes } } }
}

onEveryEngine('text that weighs less than 1 stands beside the other', searching => {
  let asked = 0

  async function over(...documents: ReturnType<typeof made>[]) {
    const [index, alias] = [`beside-${++asked}-1`, `beside-${asked}`]
    const engine = searching.engine()
    await engine.createIndex(index, withBeside)
    await engine.pointAlias(alias, index)
    await engine.bulk(index, [
      ...documents,
      ...fillers(30).map(write => ({ write: { ...write, text: { ...write.text, notes: 'Tea, cake' } } })),
    ])
    await engine.refresh(index)
    const ask = (query: Partial<SearchQuery>) => engine.search({ alias, readers: ['partnership'], from: 0, size: 20, ...query })
    return {
      ask,
      ids: async (text: SearchQuery['text']) => (await ask(text === undefined ? {} : { text })).hits.map(({ id }) => id),
      replace: (document: ReturnType<typeof made>) => engine.bulk(index, [document]).then(() => engine.refresh(index)),
      occurring: (...all: string[]) => engine.occurring({ aliases: [alias], readers: ['partnership'], phrases: all }),
    }
  }

  it('is found, marked, and ranks below the same word in the text', async () => {
    const index = await over(made('beside', { notes: 'Tapes in the vault' }), made('inside', { body: 'Tapes in the vault' }))
    expect(await index.ids(words('tapes'))).to.deep.equal(['inside', 'beside'])
    const { hits } = await index.ask({ text: words('tapes'), highlight: ['title', 'body', 'notes'] })
    expect(hits[1]?.highlights).to.deep.equal({ notes: [`${highlightStart}Tapes${highlightEnd} in the vault`] })
    expect(await index.occurring('tapes', 'in the vault', 'vault tapes')).to.deep.equal(['tapes', 'in the vault'])
  })

  it('takes nothing from the rank of the text, however long it is', async () => {
    const long = 'Other things altogether. '.repeat(4_000)
    const index = await over(made('long', { body: 'Tapes and vaults', notes: long }), made('longer', { body: 'Tapes, vaults and more' }))
    expect(await index.ids(words('tapes'))).to.deep.equal(['long', 'longer'])
  })

  it('has what is asked for together with the text: each phrase in one of them, and nothing excluded in either', async () => {
    const index = await over(
      made('both', { body: 'Tapes in the vault', notes: 'Keys at the desk' }),
      made('one', { body: 'Tapes in the vault' }),
    )
    expect(await index.ids(phrases('in the vault', 'at the desk'))).to.deep.equal(['both'])
    expect(await index.ids(phrases('vault keys'))).to.deep.equal([])
    expect(await index.ids({ words: ['tapes'], phrases: [], excluded: ['desk'] })).to.deep.equal(['one'])
    expect(await index.ids({ words: [], phrases: [], alternatives: [['desk', 'zebra']], excluded: [] })).to.deep.equal(['both'])
    const { hits } = await index.ask({ text: phrases('in the vault', 'at the desk'), highlight: ['body', 'notes'] })
    expect(Object.keys(hits[0]?.highlights ?? {})).to.have.members(['body', 'notes'])
  })

  it('is replaced and removed with its document', async () => {
    const index = await over(made('changing', { notes: 'Tapes' }))
    await index.replace({ write: { ...made('changing', { notes: 'Disks' }).write, rev: 2 } })
    expect([await index.ids(words('tapes')), await index.ids(words('disks'))]).to.deep.equal([[], ['changing']])
  })
})
