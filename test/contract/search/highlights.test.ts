import { expect } from 'chai'
import { markedHtml } from '../../../server/search/highlights.ts'
import { highlightEnd, highlightStart } from '../../../server/search/searchEngine.ts'
import { aDocument, onEveryEngine, phrases, words } from './searching.ts'

const both = ['title', 'body']
const marked = new RegExp(`${highlightStart}([^${highlightEnd}]*)${highlightEnd}`, 'g')
/** The words between marks, small. */
const marks = (fragments: readonly string[] = []) =>
  fragments.flatMap(fragment => [...fragment.matchAll(marked)].flatMap(([, text]) => (text ?? '').toLowerCase().split(' ')))
const unmarked = (fragment = '') => fragment.replaceAll(highlightStart, '').replaceAll(highlightEnd, '')

onEveryEngine('highlights', ({ indexOf }) => {
  it('marks the words where they stand, in the fields that are asked for', async () => {
    const index = await indexOf([aDocument('a', { title: 'Storage notes', body: 'Where storage and backup are kept' })])
    const { hits } = await index.ask({ text: words('storage backup'), highlight: both })
    expect(hits[0]?.highlights).to.deep.equal({
      title: [`${highlightStart}Storage${highlightEnd} notes`],
      body: [`Where ${highlightStart}storage${highlightEnd} and ${highlightStart}backup${highlightEnd} are kept`],
    })
    const [title] = (await index.ask({ text: words('storage'), highlight: ['title'] })).hits
    expect(Object.keys(title?.highlights ?? {})).to.deep.equal(['title'])
    const [none] = (await index.ask({ text: words('storage') })).hits
    expect(none?.highlights, 'not asked for').to.deep.equal({})
  })

  it('leaves out fields without a match, and fields that are not there', async () => {
    const index = await indexOf([aDocument('a', { title: 'Notes', body: 'Storage' })])
    const { hits } = await index.ask({ text: words('storage'), highlight: [...both, 'nowhere'] })
    expect(Object.keys(hits[0]?.highlights ?? {})).to.deep.equal(['body'])
  })

  it('marks other forms and accents of a word', async () => {
    const index = await indexOf([aDocument('a', { title: 'Migrating the CAFÉ', body: 'They migrated cafés; emigrants came' })])
    const [hit] = (await index.ask({ text: words('migration cafe'), highlight: both })).hits
    expect(marks(hit?.highlights.title)).to.deep.equal(['migrating', 'café'])
    expect(marks(hit?.highlights.body), 'and nothing else').to.deep.equal(['migrated', 'cafés'])
  })

  it('marks phrases as they stand, and nothing that is excluded', async () => {
    const index = await indexOf([aDocument('a', { title: 'Data centre', body: 'The centre. Data of old. Then the data centres closed.' })])
    const text = { words: [], phrases: ['data centre'], excluded: ['nowhere'] }
    const [hit] = (await index.ask({ text, highlight: both })).hits
    expect(marks(hit?.highlights.title)).to.deep.equal(['data', 'centre'])
    expect(marks(hit?.highlights.body)).to.deep.equal(['data', 'centres'])
  })

  it('marks nothing in what only a clause found', async () => {
    const index = await indexOf([aDocument('a', { title: 'Storage' }), aDocument('b', { title: 'Backup' })])
    const clauses = [{ field: 'id', value: 'b', score: 100 }]
    const { hits } = await index.ask({ text: words('storage'), clauses, highlight: both })
    expect(hits.map(({ id, highlights }) => [id, marks(highlights.title)])).to.deep.equal([
      ['b', []],
      ['a', ['storage']],
    ])
    const [alone] = (await index.ask({ clauses, highlight: both })).hits
    expect(alone?.highlights).to.deep.equal({})
    const [phrase] = (await index.ask({ text: phrases('storage of tapes'), clauses, highlight: both })).hits
    expect(phrase?.highlights).to.deep.equal({})
  })

  it('gives at most two fragments of a long text, each about a match', async () => {
    const dull = 'Many other matters were discussed at some length that day. '.repeat(20)
    const body = `${dull}The storage was full. ${dull}More storage was bought. ${dull}Then storage was cheap. ${dull}`
    const index = await indexOf([aDocument('a', { body }), aDocument('b', { body: `${dull}${dull}Storage ends it.` })])
    const { hits } = await index.ask({ text: words('storage'), highlight: ['body'] })
    expect(hits).to.have.length(2)
    for (const { id, highlights } of hits) {
      const fragments = highlights.body ?? []
      expect(fragments.length, id).to.be.within(1, 2)
      for (const fragment of fragments) {
        expect(marks([fragment]), id).to.include('storage')
        expect(unmarked(fragment).length, id).to.be.within(10, 320)
        expect(id === 'a' ? body : `${dull}${dull}Storage ends it.`).to.include(unmarked(fragment).replace(/^…|…$/g, '').trim())
      }
    }
  })

  it('gives the whole of a short text', async () => {
    const title = 'How the fire service of the county moved its storage to another place in one night'
    const index = await indexOf([aDocument('a', { title })])
    const [hit] = (await index.ask({ text: words('storage'), highlight: both })).hits
    expect(hit?.highlights.title?.map(unmarked)).to.deep.equal([title])
  })

  it('gives markup of the text as it is, for the page to escape', async () => {
    const body = '<script>alert("storage")</script> & <mark>not this</mark> storage'
    const index = await indexOf([aDocument('a', { title: '<b>Storage</b>', body })])
    const [hit] = (await index.ask({ text: words('storage'), highlight: both })).hits
    expect(hit?.highlights.body?.map(unmarked)).to.deep.equal([body])
    expect(hit?.highlights.title).to.deep.equal([`<b>${highlightStart}Storage${highlightEnd}</b>`])
    expect(hit?.highlights.title?.map(markedHtml)).to.deep.equal(['&lt;b&gt;<mark>Storage</mark>&lt;/b&gt;'])
    expect(hit?.highlights.body?.map(markedHtml).join('')).to.not.match(/<(?!\/?mark>)/)
  })
})
