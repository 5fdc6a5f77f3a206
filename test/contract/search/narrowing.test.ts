import { expect } from 'chai'
import { aDocument, onEveryEngine, words } from './searching.ts'

const day = (n: number) => new Date(Date.UTC(2026, 2, n))

onEveryEngine('filters', ({ indexOf }) => {
  const documents = [
    aDocument('a', { title: 'Storage', keywords: { kind: ['howTo'], skill: ['vmware', 'san'] } }),
    aDocument('b', { title: 'Storage', keywords: { kind: ['lesson'], skill: ['vmware'] } }),
    aDocument('c', { title: 'Backup', keywords: { kind: ['howTo'] } }),
    aDocument('d', { title: 'Storage' }),
  ]

  it('needs one of the values of each filter', async () => {
    const index = await indexOf(documents)
    const found = (...filters: { field: string; anyOf: string[]; not?: boolean }[]) => index.ids({ filters })
    expect(await found({ field: 'kind', anyOf: ['howTo'] })).to.deep.equal(['a', 'c'])
    expect(await found({ field: 'kind', anyOf: ['howTo', 'lesson'] })).to.deep.equal(['a', 'b', 'c'])
    expect(await found({ field: 'kind', anyOf: ['howTo'] }, { field: 'skill', anyOf: ['vmware'] })).to.deep.equal(['a'])
    expect(await found({ field: 'skill', anyOf: ['vmware'] }, { field: 'skill', anyOf: ['san'] })).to.deep.equal(['a'])
    expect(await found({ field: 'kind', anyOf: ['howto'] }), 'exactly').to.deep.equal([])
    expect(await found({ field: 'kind', anyOf: [] }), 'one of none').to.deep.equal([])
  })

  it('turns a filter round', async () => {
    const index = await indexOf(documents)
    const found = (...filters: { field: string; anyOf: string[]; not?: boolean }[]) => index.ids({ filters })
    expect(await found({ field: 'kind', anyOf: ['howTo'], not: true })).to.deep.equal(['b', 'd'])
    expect(await found({ field: 'skill', anyOf: ['san', 'other'], not: true })).to.deep.equal(['b', 'c', 'd'])
    expect(await found({ field: 'skill', anyOf: [], not: true }), 'none of none').to.have.length(4)
  })

  it('narrows what the words match, and leaves the scores as they are', async () => {
    const index = await indexOf(documents)
    const all = await index.ask({ text: words('storage') })
    const some = await index.ask({ text: words('storage'), filters: [{ field: 'kind', anyOf: ['lesson'] }] })
    expect(some.hits).to.deep.equal(all.hits.filter(({ id }) => id === 'b'))
    expect(some.total).to.equal(1)
  })

  it('finds nothing by a field that is not there', async () => {
    const index = await indexOf(documents)
    expect(await index.ids({ filters: [{ field: 'nowhere', anyOf: ['howTo'] }] })).to.deep.equal([])
    expect(await index.ids({ filters: [{ field: 'nowhere', anyOf: ['howTo'], not: true }] })).to.have.length(4)
  })
})

onEveryEngine('dates', ({ indexOf }) => {
  const dated = (id: string, n: number) => aDocument(id, { dates: { publishedAt: day(n) } })
  const documents = [dated('first', 1), dated('second', 2), dated('third', 3), aDocument('undated')]

  it('takes a range from its beginning up to, but not with, its end', async () => {
    const index = await indexOf(documents)
    const within = (range: { from?: Date; before?: Date }) => index.ids({ ranges: [{ field: 'publishedAt', ...range }] })
    expect(await within({ from: day(1), before: day(3) })).to.deep.equal(['first', 'second'])
    expect(await within({ from: day(2) })).to.deep.equal(['second', 'third'])
    expect(await within({ before: day(2) })).to.deep.equal(['first'])
    expect(await within({ before: new Date(day(2).getTime() + 1) }), 'to the millisecond').to.deep.equal(['first', 'second'])
    expect(await within({ from: new Date(day(2).getTime() + 1) })).to.deep.equal(['third'])
    expect(await within({ from: day(2), before: day(2) })).to.deep.equal([])
    expect(await within({}), 'any date').to.deep.equal(['first', 'second', 'third'])
  })

  it('takes ranges as wide as dates go', async () => {
    const index = await indexOf(documents)
    const ends = { from: new Date(Date.UTC(-300, 0, 1)), before: new Date(Date.UTC(10_000, 0, 1)) }
    expect(await index.ids({ ranges: [{ field: 'publishedAt', ...ends }] })).to.deep.equal(['first', 'second', 'third'])
    expect(await index.ids({ ranges: [{ field: 'publishedAt', from: ends.before }] }), 'twin').to.deep.equal([])
  })

  it('sorts by date, what has none last, and equal dates by id', async () => {
    const index = await indexOf([...documents, dated('second too', 2)])
    const sorted = (newestFirst: boolean) => index.ids({ sort: { date: 'publishedAt', newestFirst } })
    expect(await sorted(true)).to.deep.equal(['third', 'second', 'second too', 'first', 'undated'])
    expect(await sorted(false)).to.deep.equal(['first', 'second', 'second too', 'third', 'undated'])
    expect(await index.ids({ sort: { date: 'nowhere', newestFirst: true } }), 'no such date').to.deep.equal((await index.ids()).sort())
  })

  it('gives scores also when it sorts by date', async () => {
    const index = await indexOf([aDocument('a', { title: 'Storage', dates: { publishedAt: day(1) } }), aDocument('b', { title: 'Backup' })])
    const [byScore] = (await index.ask({ text: words('storage') })).hits
    const [byDate] = (await index.ask({ text: words('storage'), sort: { date: 'publishedAt', newestFirst: true } })).hits
    expect(byDate).to.deep.equal(byScore)
    expect(byDate?.score).to.be.greaterThan(0)
  })
})

onEveryEngine('pages and totals', ({ indexOf }) => {
  it('gives any page, and the exact total with each', async () => {
    const ids = Array.from({ length: 45 }, (_, n) => `n${String(n).padStart(2, '0')}`)
    const index = await indexOf(ids.map(id => aDocument(id, { title: 'Storage' })))
    const page = async (from: number, size: number) => {
      const { total, hits } = await index.ask({ text: words('storage'), from, size })
      expect(total).to.equal(45)
      return hits.map(({ id }) => id)
    }
    expect(await page(0, 20)).to.deep.equal(ids.slice(0, 20))
    expect(await page(20, 20)).to.deep.equal(ids.slice(20, 40))
    expect(await page(40, 20)).to.deep.equal(ids.slice(40))
    expect(await page(60, 20)).to.deep.equal([])
    expect(await page(0, 0)).to.deep.equal([])
    expect(await page(0, 1_000)).to.deep.equal(ids)
  })
})

onEveryEngine('facets', ({ indexOf }) => {
  const of = (id: string, kind: string, ...skill: string[]) => aDocument(id, { title: 'Storage', keywords: { kind: [kind], skill } })
  const documents = [
    of('a', 'howTo', 'vmware', 'san'),
    of('b', 'howTo', 'vmware'),
    of('c', 'lesson', 'san'),
    of('d', 'architecture', 'vmware'),
    aDocument('e', { title: 'Backup', keywords: { kind: ['lesson'], skill: ['tape'] } }),
  ]
  const value = (name: string, count: number) => ({ value: name, count })

  it('counts most frequent first, then by value', async () => {
    const index = await indexOf(documents)
    const { facets } = await index.ask({ facets: ['kind', 'skill'], size: 0 })
    expect(facets).to.deep.equal({
      kind: [value('howTo', 2), value('lesson', 2), value('architecture', 1)],
      skill: [value('vmware', 3), value('san', 2), value('tape', 1)],
    })
  })

  it('counts what matches, under all filters but its own', async () => {
    const index = await indexOf(documents)
    const filters = [
      { field: 'kind', anyOf: ['howTo'] },
      { field: 'skill', anyOf: ['san'] },
    ]
    const answer = await index.ask({ text: words('storage'), filters, facets: ['kind', 'skill'] })
    expect(answer.hits.map(({ id }) => id)).to.deep.equal(['a'])
    expect(answer.total).to.equal(1)
    expect(answer.facets).to.deep.equal({
      kind: [value('howTo', 1), value('lesson', 1)],
      skill: [value('vmware', 2), value('san', 1)],
    })
    const { facets } = await index.ask({ text: words('storage'), filters, facets: ['skill'] })
    expect(facets, 'a filter that has no facet').to.deep.equal({ skill: [value('vmware', 2), value('san', 1)] })
  })

  it('obeys ranges and exclusions', async () => {
    const late = aDocument('late', { title: 'Storage', keywords: { kind: ['late'] }, dates: { publishedAt: day(9) } })
    const index = await indexOf([...documents, late])
    const ranged = await index.ask({ ranges: [{ field: 'publishedAt', from: day(9) }], facets: ['kind'] })
    expect(ranged.facets).to.deep.equal({ kind: [value('late', 1)] })
    const without = await index.ask({ text: { words: [], phrases: [], excluded: ['storage'] }, facets: ['kind'] })
    expect(without.facets).to.deep.equal({ kind: [value('lesson', 1)] })
  })

  it('counts exactly the values that are asked for', async () => {
    const index = await indexOf(documents)
    const counted = async (values: string[]) => (await index.ask({ facets: [{ field: 'skill', values }], size: 0 })).facets.skill
    expect(await counted(['tape', 'san'])).to.deep.equal([value('san', 2), value('tape', 1)])
    expect((await counted(['tape', 'nobody has this', '.*']))?.filter(({ count }) => count > 0)).to.deep.equal([value('tape', 1)])
    expect(await counted([])).to.deep.equal([])
  })

  it('gives at most 50 values, but 100 that are asked for', async () => {
    const skills = Array.from({ length: 100 }, (_, n) => `s${String(n).padStart(2, '0')}`)
    const index = await indexOf([aDocument('all', { keywords: { skill: skills } }), aDocument('last', { keywords: { skill: ['s99'] } })])
    const { facets } = await index.ask({ facets: ['skill'] })
    expect(facets.skill).to.deep.equal([value('s99', 2), ...skills.slice(0, 49).map(skill => value(skill, 1))])
    const asked = await index.ask({ facets: [{ field: 'skill', values: skills }] })
    expect(asked.facets.skill).to.have.length(100)
  })

  it('counts a document once for each value, however often it has it', async () => {
    const index = await indexOf([aDocument('twice', { keywords: { skill: ['san', 'san', 'tape'] } })])
    expect((await index.ask({ facets: ['skill'] })).facets.skill).to.deep.equal([value('san', 1), value('tape', 1)])
  })

  it('has no values where nothing matches or no such field is', async () => {
    const index = await indexOf(documents)
    expect((await index.ask({ text: words('nowhere'), facets: ['kind', 'nowhere'] })).facets).to.deep.equal({ kind: [], nowhere: [] })
    expect((await index.ask({ facets: ['nowhere'] })).facets).to.deep.equal({ nowhere: [] })
  })
})
