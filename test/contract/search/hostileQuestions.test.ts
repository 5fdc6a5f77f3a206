import { expect } from 'chai'
import { takeApart, textQueryOf } from '../../../server/search/question/question.ts'
import { aDocument, onEveryEngine, phrases, words } from './searching.ts'

/** What somebody might type or paste; all say "storage" somewhere, and nothing else that is there. */
const sayStorage = [
  '"storage',
  'storage"',
  "'storage'",
  "storage'; DROP TABLE documents_1; --",
  'storage"; DELETE FROM text_1; --',
  'storage*',
  '*storage*',
  ':"storage',
  '*:"storage',
  'storage:*',
  '*:* storage',
  'NEAR(storage',
  'NEAR(storage, 5)',
  'storage NEAR/2',
  'AND storage',
  'storage OR',
  'NOT storage',
  'AND OR NOT storage',
  '^storage',
  'storage^1000',
  'storage~2',
  '+storage',
  '{storage}',
  '[storage TO zz]',
  '(storage',
  'storage)',
  '((((((((((storage',
  '/storage/',
  '\\storage\\',
  'storage && ||',
  'storage!',
  '_exists_:storage',
  'text.title:storage',
  '{title} : storage',
  '- storage',
  'storage ? % _ \\u0000',
  'sto\u200Brage storage',
  'storage\u0000',
  '\u0000storage',
  '\u0001\u0002\u001F storage \u007F\u009F',
  'storage \uD800',
  '\u{1F525}storage\u{1F525}',
  '\uFEFFstorage\u202E',
  'sto\u0301rage',
  '<script>storage</script>',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is typed so
  '${storage} {{storage}} %{storage}',
  '  storage  ',
  'storage '.repeat(1_250).trim(),
  `storage ${'"('.repeat(5_000)}`,
  `storage ${'x'.repeat(10_000)}`,
  `storage ${Array.from({ length: 2_000 }, (_, n) => `w${n}`).join(' ')}`,
  `storage ${Array.from({ length: 3_000 }, (_, n) => `w${n}`).join('.')}`,
]
const sayNothing = [
  '',
  ' ',
  '   ',
  '"',
  '""',
  '***',
  ':',
  '*:"',
  '()',
  '-',
  '--',
  '^~*?',
  '\u0000',
  '\uD800',
  '\u{1F525}',
  '\u{1F469}\u200D\u{1F692}',
  '\u0301',
  '\u200B',
]

onEveryEngine('hostile questions', ({ indexOf }) => {
  const documents = [
    aDocument('storage', { title: 'Storage', body: 'Disks and tapes', keywords: { kind: ['howTo'] } }),
    aDocument('other', { title: 'Sandwiches', body: 'Tea at noon' }),
  ]
  const shown = (typed: string) => JSON.stringify(typed.slice(0, 60))

  it('finds the word in anything that is typed around it', async () => {
    const index = await indexOf(documents)
    for (const typed of sayStorage) {
      expect(await index.ids({ text: words(typed), highlight: ['title', 'body'] }), shown(typed)).to.deep.equal(['storage'])
      expect(await index.ids({ text: { words: [typed], phrases: [], excluded: [] } }), `${shown(typed)} as one`).to.deep.equal(['storage'])
    }
  })

  it('finds it in a question as the search box takes it apart', async () => {
    const index = await indexOf(documents)
    for (const typed of sayStorage.filter(typed => !/:|-/.test(typed))) {
      expect(await index.ids({ text: textQueryOf(takeApart(typed)) }), shown(typed)).to.deep.equal(['storage'])
    }
  })

  it('finds nothing by words and phrases without a word in them', async () => {
    const index = await indexOf(documents)
    for (const typed of sayNothing) {
      expect(await index.ids({ text: words(typed) }), shown(typed)).to.deep.equal([])
      expect(await index.ids({ text: phrases(typed) }), `the phrase ${shown(typed)}`).to.deep.equal([])
      expect(await index.ids({ text: phrases(typed, 'storage') }), `${shown(typed)} beside a phrase`).to.deep.equal(['storage'])
      const excluding = { words: ['storage'], phrases: [typed], excluded: [typed] }
      expect(await index.ids({ text: excluding }), `${shown(typed)} beside a word`).to.deep.equal(['storage'])
    }
  })

  it('takes any phrase and any exclusion', async () => {
    const index = await indexOf(documents)
    for (const typed of sayStorage) {
      await index.ask({ text: phrases(typed), highlight: ['title'] })
      await index.ask({ text: { words: [], phrases: [], excluded: [typed] } })
    }
    expect(await index.ids({ text: phrases('*:"Disks AND tapes') })).to.deep.equal(['storage'])
    expect(await index.ids({ text: { words: [], phrases: [], excluded: ['NEAR("storage"'] } }), 'none has the phrase').to.have.length(2)
    expect(await index.ids({ text: { words: [], phrases: [], excluded: ['"storage*'] } })).to.deep.equal(['other'])
  })

  it('takes operators for the words they are', async () => {
    const index = await indexOf([...documents, aDocument('near', { title: 'Near and not far' })])
    expect(await index.ids({ text: words('NEAR(') })).to.deep.equal(['near'])
    expect(await index.ids({ text: words('NOT') })).to.deep.equal(['near'])
    expect(await index.ids({ text: words('AND OR NOT') })).to.have.members(['near', 'storage'])
  })

  it('takes any value in filters, clauses, facets and readers as a value', async () => {
    const odd = ["o'brien", 'a"b', '%', '*', '.*', "'; DROP TABLE readers_1; --", '\u0001', '\u{1F525}', 'null', '[]', ' ', 'É']
    const index = await indexOf(
      odd.map((kind, n) => aDocument(`d${String(n).padStart(2, '0')}`, { keywords: { kind: [kind] }, readers: [kind] })),
    )
    for (const [n, kind] of odd.entries()) {
      const id = `d${String(n).padStart(2, '0')}`
      expect(await index.ids({ readers: [kind] }), kind).to.deep.equal([id])
      expect(await index.ids({ readers: odd, filters: [{ field: 'kind', anyOf: [kind] }] }), kind).to.deep.equal([id])
      expect(await index.ids({ readers: odd, clauses: [{ field: 'kind', value: kind, score: 1 }] }), kind).to.deep.equal([id])
      const { facets } = await index.ask({ readers: odd, facets: [{ field: 'kind', values: [kind] }] })
      expect(facets.kind, kind).to.deep.equal([{ value: kind, count: 1 }])
    }
    expect(await index.ids({ readers: odd }), 'nothing was dropped').to.have.length(odd.length)
  })

  it('takes any field name as a name', async () => {
    const index = await indexOf(documents)
    for (const field of ["kind'", 'kind" OR 1=1', '*', 'kind*', '__proto__', 'constructor']) {
      expect(await index.ids({ filters: [{ field, anyOf: ['howTo'] }] }), field).to.deep.equal([])
      expect(await index.ids({ clauses: [{ field, value: 'howTo', score: 1 }] }), field).to.deep.equal([])
    }
  })
})
