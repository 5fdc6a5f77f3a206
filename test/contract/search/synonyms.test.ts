import { expect } from 'chai'
import { highlightEnd, highlightStart } from '../../../server/search/searchEngine.ts'
import { aDocument, fillers, onEveryEngine, phrases, words } from './searching.ts'

const agreement = { phrase: 'service level agreement', standsFor: 1 }
const sla = { phrase: 'sla', standsFor: 3 }

onEveryEngine('synonyms', ({ indexOf }) => {
  const documents = [
    ...fillers(10),
    aDocument('a-wording', { body: 'Notes on the service level agreements' }),
    aDocument('b-abbreviation', { body: 'Notes on the county SLA' }),
    aDocument('c-apart', { body: 'The agreement on a level service' }),
    aDocument('d-both', { body: 'Notes on the service level agreement (SLA)' }),
  ]

  it('find what has the other wording, below what has the typed one', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: words('sla') }), 'twin: without').to.deep.equal(['b-abbreviation', 'd-both'])
    expect(await index.ids({ text: { ...words('sla'), synonyms: [agreement] } })).to.deep.equal(['d-both', 'b-abbreviation', 'a-wording'])
  })

  it('let a word stand for several', async () => {
    const index = await indexOf(documents)
    const typed = { phrase: 'service level agreement', standsFor: 3, isTyped: true }
    const ids = await index.ids({ text: { ...words('service level agreement'), synonyms: [typed, sla] } })
    expect(ids).to.have.members(['d-both', 'a-wording', 'c-apart', 'b-abbreviation'])
    expect(ids.indexOf('b-abbreviation')).to.be.greaterThan(ids.indexOf('a-wording'))
  })

  it('are looked for beside other words, and do not come before one more of these', async () => {
    const index = await indexOf([
      ...fillers(10),
      aDocument('a-neither', { body: 'Notes on backup' }),
      aDocument('b-wording', { body: 'A service level agreement for networks' }),
      aDocument('c-all', { body: 'A service level agreement for backup' }),
    ])
    const text = { ...words('sla backup'), synonyms: [agreement] }
    expect((await index.ids({ text }))[0]).to.equal('c-all')
    expect(await index.ids({ text })).to.have.members(['a-neither', 'b-wording', 'c-all'])
  })

  it('only rank what has all phrases, and find nothing that is excluded', async () => {
    const index = await indexOf(documents)
    const text = { ...phrases('notes on'), words: ['sla'], synonyms: [agreement] }
    expect(await index.ids({ text })).to.have.members(['a-wording', 'b-abbreviation', 'd-both'])
    expect(await index.ids({ text: { ...text, phrases: ['county sla'] } })).to.deep.equal(['b-abbreviation'])
    const excluded = ['service level agreement']
    expect(await index.ids({ text: { ...words('sla'), excluded, synonyms: [agreement] } })).to.deep.equal(['b-abbreviation'])
  })

  it('are marked', async () => {
    const index = await indexOf(documents)
    const { hits } = await index.ask({ text: { ...words('sla'), synonyms: [agreement] }, highlight: ['body'] })
    const marks = (id: string) => {
      const fragment = hits.find(hit => hit.id === id)?.highlights.body?.join(' ') ?? ''
      return fragment
        .split(highlightStart)
        .slice(1)
        .map(part => part.split(highlightEnd)[0])
        .join(' ')
    }
    expect(marks('a-wording')).to.equal('service level agreements')
    expect(marks('d-both')).to.equal('service level agreement SLA')
    expect(marks('b-abbreviation')).to.equal('SLA')
  })

  it('take any characters', async () => {
    const index = await indexOf(documents)
    const synonyms = ['" OR *', '', '***', 'NEAR(a b)', 'x'.repeat(300)].map(phrase => ({ phrase, standsFor: 1 }))
    expect(await index.ids({ text: { ...words('sla'), synonyms } })).to.deep.equal(['b-abbreviation', 'd-both'])
  })
})
