import { expect } from 'chai'
import { aDocument, fillers, onEveryEngine, phrases, words } from './searching.ts'

onEveryEngine('ranking', ({ indexOf }) => {
  it('puts a word in the title before the same word in the body', async () => {
    const index = await indexOf([
      ...fillers(10),
      aDocument('a-body', { title: 'Printing notes', body: 'The firewall of the county' }),
      aDocument('b-title', { title: 'Firewall notes', body: 'The printing of the county' }),
    ])
    expect(await index.ids({ text: words('firewall') })).to.deep.equal(['b-title', 'a-body'])
    expect(await index.ids({ text: words('printing') }), 'twin: the other way round').to.deep.equal(['a-body', 'b-title'])
  })

  it('puts a document with both words before one with either, wherever they stand', async () => {
    const index = await indexOf([
      ...fillers(10),
      aDocument('a-one', { title: 'Storage', body: 'Notes on disks' }),
      aDocument('b-other', { title: 'Backup', body: 'Notes on tapes' }),
      aDocument('c-both', { title: 'Storage', body: 'Notes on backup' }),
    ])
    expect((await index.ids({ text: words('storage backup') }))[0]).to.equal('c-both')
    expect(await index.ids({ text: words('storage backup') })).to.have.members(['a-one', 'b-other', 'c-both'])
  })

  it('weighs a word by how often it is asked', async () => {
    const index = await indexOf([...fillers(10), aDocument('a', { body: 'Notes on storage' }), aDocument('b', { body: 'Notes on backup' })])
    expect(await index.ids({ text: words('storage backup') }), 'alike, so by id').to.deep.equal(['a', 'b'])
    expect(await index.ids({ text: words('storage backup backup') })).to.deep.equal(['b', 'a'])
    expect(await index.ids({ text: words('storage storage backup') })).to.deep.equal(['a', 'b'])
  })

  it('puts the rarer word first', async () => {
    const index = await indexOf([
      ...fillers(12),
      ...['a1', 'a2', 'a3', 'a4'].map(id => aDocument(id, { body: 'Notes on servers' })),
      aDocument('z', { body: 'Notes on mainframes' }),
    ])
    expect((await index.ids({ text: words('servers mainframes') }))[0]).to.equal('z')
  })

  it('puts a short document before a long one that says it once as well', async () => {
    const index = await indexOf([
      ...fillers(10),
      aDocument('a-long', { body: `Firewall. ${'Many other matters were discussed at length that day. '.repeat(20)}` }),
      aDocument('b-short', { body: 'Firewall settings' }),
    ])
    expect(await index.ids({ text: words('firewall') })).to.deep.equal(['b-short', 'a-long'])
  })

  it('puts words that stand next to each other a little higher', async () => {
    const index = await indexOf([
      ...fillers(10),
      aDocument('a-apart', { body: 'Domain notes on controller rooms' }),
      aDocument('b-together', { body: 'Domain controller notes on rooms' }),
    ])
    expect(await index.ids({ text: words('domain controller') })).to.deep.equal(['b-together', 'a-apart'])
    expect(await index.ids({ text: words('controller domain') }), 'twin: not in the other order').to.deep.equal(['a-apart', 'b-together'])
  })

  it('puts what scores alike in the order of ids', async () => {
    const ids = ['b', 'B', '10', '9', 'a', 'A', 'é']
    const index = await indexOf(ids.map(id => aDocument(id, { title: 'Storage' })))
    const inOrder = ['10', '9', 'A', 'B', 'a', 'b', 'é']
    expect(await index.ids({ text: words('storage') })).to.deep.equal(inOrder)
    expect(await index.ids(), 'without words').to.deep.equal(inOrder)
  })

  it('gives everything, with score 0, when nothing is asked in words', async () => {
    const index = await indexOf([aDocument('a', { title: 'Storage' }), aDocument('b', { title: 'Backup' })])
    expect((await index.ask()).hits).to.deep.equal([
      { id: 'a', score: 0, highlights: {} },
      { id: 'b', score: 0, highlights: {} },
    ])
    expect((await index.ask({ text: phrases() })).hits.map(({ score }) => score)).to.deep.equal([0, 0])
  })

  it('finds other forms of a word, whatever its letters, accents and punctuation', async () => {
    const index = await indexOf([
      aDocument('forms', { title: 'Migrating CAFÉ servers', body: "O'Brien's node.js on 10.1.2.3, e-mail by snake_case" }),
      aDocument('taken apart', { title: 'Cafe\u0301 of the nai\u0308ve' }),
      aDocument('other', { title: 'Sandwiches' }),
    ])
    for (const asked of [
      'migration',
      'MIGRATED',
      'server',
      "O'Brien",
      'node.js',
      'node',
      '10.1.2.3',
      'email e-mail',
      'snake',
      'snake_case',
    ])
      expect(await index.ids({ text: words(asked) }), asked).to.deep.equal(['forms'])
    expect(await index.ids({ text: words('cafe') })).to.have.members(['forms', 'taken apart'])
    expect(await index.ids({ text: words('café') })).to.have.members(['forms', 'taken apart'])
    expect(await index.ids({ text: words('naive') })).to.deep.equal(['taken apart'])
    expect(await index.ids({ text: words('firewall') }), 'twin: not anything').to.deep.equal([])
  })

  it('finds what was pasted from other programs, typed plainly or pasted again', async () => {
    const pasted = '\uF0B7Switchgear of the ﬁre station, 40 m², VMware™'
    const index = await indexOf([aDocument('pasted', { body: pasted }), aDocument('other', { body: 'Sandwiches' })])
    for (const asked of ['switchgear', 'fire', 'ﬁre', 'm²', 'm2', 'vmware', 'VMware™', pasted])
      expect(await index.ids({ text: words(asked) }), asked).to.deep.equal(['pasted'])
  })

  it('drops the words that only frame a question, unless there is nothing else', async () => {
    const index = await indexOf([
      aDocument('framing', { title: 'Who is who and what is where' }),
      aDocument('firewall', { title: 'Firewall settings' }),
    ])
    expect(await index.ids({ text: words('who knows about the firewall') })).to.deep.equal(['firewall'])
    expect(await index.ids({ text: words('who is who') })).to.deep.equal(['framing'])
  })
})

onEveryEngine('phrases and exclusions', ({ indexOf }) => {
  const documents = [
    aDocument('together', { title: 'The data centre', body: 'Cooling of rooms' }),
    aDocument('apart', { title: 'Data of the centre', body: 'The centre data of rooms' }),
    aDocument('across', { title: 'Old data', body: 'Centre of town' }),
    aDocument('plural', { body: 'Two data centres were closed' }),
  ]

  it('finds a phrase in its order and in one field, by its stems', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: phrases('data centre') })).to.have.members(['together', 'plural'])
    expect(await index.ids({ text: phrases('centre data') }), 'twin: the other order').to.deep.equal(['apart'])
    expect(await index.ids({ text: words('data centre') }), 'twin: as words').to.have.length(4)
  })

  it('does not let another word stand for a framing word in a phrase', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: phrases('data of the centre') })).to.deep.equal(['apart'])
    expect(await index.ids({ text: phrases('data in the centre') })).to.deep.equal([])
    expect(await index.ids({ text: phrases('of the') })).to.deep.equal(['apart'])
  })

  it('needs all phrases; words then only rank', async () => {
    const index = await indexOf([...fillers(10), ...documents])
    expect(await index.ids({ text: phrases('data centre', 'cooling of rooms') })).to.deep.equal(['together'])
    expect(await index.ids({ text: { words: ['closed'], phrases: ['data centre'], excluded: [] } })).to.deep.equal(['plural', 'together'])
    expect(await index.ids({ text: { words: ['cooling'], phrases: ['data centre'], excluded: [] } })).to.deep.equal(['together', 'plural'])
    expect(await index.ids({ text: { words: ['nowhere'], phrases: ['data centre'], excluded: [] } })).to.have.length(2)
  })

  it('leaves out excluded words and phrases', async () => {
    const index = await indexOf(documents)
    const without = (...excluded: string[]) => index.ids({ text: { words: ['data'], phrases: [], excluded } })
    expect(await without('cooled')).to.have.members(['apart', 'across', 'plural'])
    expect(await without('data centre')).to.have.members(['apart', 'across'])
    expect(await without('cooling', 'town')).to.have.members(['apart', 'plural'])
    expect(await without('data')).to.deep.equal([])
    expect(await without(), 'twin').to.have.length(4)
  })

  it('leaves out excluded words from everything, when nothing else is asked', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: { words: [], phrases: [], excluded: ['rooms'] } })).to.deep.equal(['across', 'plural'])
  })
})

onEveryEngine('alternatives', ({ indexOf }) => {
  const documents = [
    aDocument('centre', { title: 'The data centre', body: 'Cooling of rooms' }),
    aDocument('room', { title: 'The server room', body: 'Cooling of cellars' }),
    aDocument('apart', { title: 'Data of the server', body: 'The centre of a room' }),
    aDocument('other', { title: 'Sandwiches' }),
  ]
  const rows = (...alternatives: string[][]) => ({ words: [], phrases: [], alternatives, excluded: [] })

  it('need one of each row, words or phrases', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: rows(['data centre', 'server room']) })).to.have.members(['centre', 'room'])
    expect(await index.ids({ text: rows(['data', 'sandwiches']) })).to.have.members(['centre', 'apart', 'other'])
    expect(await index.ids({ text: rows(['data centre', 'server room'], ['cellar', 'sandwich']) })).to.deep.equal(['room'])
    expect(await index.ids({ text: rows(['data centre', 'server room'], ['nowhere', 'never']) }), 'twin').to.deep.equal([])
  })

  it('hold beside phrases and exclusions; words then only rank', async () => {
    const index = await indexOf([...fillers(10), ...documents])
    const either = ['data centre', 'server room']
    expect(await index.ids({ text: { words: ['cellars'], phrases: [], alternatives: [either], excluded: [] } })).to.deep.equal([
      'room',
      'centre',
    ])
    expect(await index.ids({ text: { words: [], phrases: ['cooling of rooms'], alternatives: [either], excluded: [] } })).to.deep.equal([
      'centre',
    ])
    expect(await index.ids({ text: { words: [], phrases: [], alternatives: [either], excluded: ['cellars'] } })).to.deep.equal(['centre'])
  })

  it('say nothing without a word in them', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ text: rows(['***', '']) })).to.deep.equal([])
    expect(await index.ids({ text: rows(['***', 'sandwiches']) })).to.deep.equal(['other'])
    expect(await index.ids({ text: { words: ['sandwiches'], phrases: [], alternatives: [['***']], excluded: [] } })).to.deep.equal([
      'other',
    ])
  })
})
