import { expect } from 'chai'
import { mostSkills } from '../../../server/search/question/understanding.ts'
import { skillClauses } from '../../../server/search/skillRanking.ts'
import { aDocument, fillers, onEveryEngine, phrases, words } from './searching.ts'

onEveryEngine('clauses', ({ indexOf }) => {
  const documents = [
    aDocument('a', { title: 'Storage', keywords: { skill: ['vmware', 'san'] } }),
    aDocument('b', { title: 'Backup', keywords: { skill: ['vmware'] } }),
    aDocument('c', { title: 'Storage' }),
    ...fillers(5),
  ]
  const clause = (field: string, value: string, score: number) => ({ field, value, score })

  it('finds what has the value, with exactly its score', async () => {
    const index = await indexOf(documents)
    const { hits, total } = await index.ask({ clauses: [clause('skill', 'vmware', 2.5)] })
    expect(total).to.equal(2)
    expect(hits.map(({ id, score }) => [id, score])).to.deep.equal([
      ['a', 2.5],
      ['b', 2.5],
    ])
  })

  it('adds up', async () => {
    const index = await indexOf(documents)
    const clauses = [
      clause('skill', 'vmware', 1_000),
      clause('skill', 'san', 4),
      clause('id', 'b', 0.25),
      clause('id', 'c', 20),
      clause('id', 'c', 1),
    ]
    const { hits } = await index.ask({ clauses })
    expect(hits.map(({ id, score }) => [id, score])).to.deep.equal([
      ['a', 1_004],
      ['b', 1_000.25],
      ['c', 21],
    ])
  })

  it('adds to the score of words', async () => {
    const index = await indexOf(documents)
    const scores = async (query: Parameters<typeof index.ask>[0]) =>
      new Map((await index.ask(query)).hits.map(({ id, score }) => [id, score]))
    const plain = await scores({ text: words('storage') })
    const added = await scores({ text: words('storage'), clauses: [clause('skill', 'vmware', 8)] })
    expect([...plain.keys()], 'twin: without it').to.deep.equal(['a', 'c'])
    expect([...added.keys()]).to.deep.equal(['a', 'b', 'c'])
    expect(added.get('a')).to.be.closeTo((plain.get('a') ?? 0) + 8, 1e-5)
    expect(added.get('b')).to.equal(8)
    expect(added.get('c')).to.be.closeTo(plain.get('c') ?? 0, 1e-5)
  })

  it('finds what has no word and no phrase of the question, but nothing that is excluded or filtered out', async () => {
    const index = await indexOf(documents)
    const clauses = [clause('skill', 'vmware', 8)]
    expect(await index.ids({ text: words('nowhere'), clauses })).to.deep.equal(['a', 'b'])
    expect(await index.ids({ text: words('***'), clauses })).to.deep.equal(['a', 'b'])
    expect(await index.ids({ text: phrases('backup of tapes'), clauses })).to.deep.equal(['a', 'b'])
    expect(await index.ids({ text: phrases('backup'), clauses })).to.deep.equal(['b', 'a'])
    expect(await index.ids({ text: { words: ['nowhere'], phrases: [], excluded: ['backup'] }, clauses })).to.deep.equal(['a'])
    expect(await index.ids({ clauses, filters: [{ field: 'skill', anyOf: ['san'], not: true }] })).to.deep.equal(['b'])
  })

  it('finds nothing by a value, an id or a field that nothing has', async () => {
    const index = await indexOf(documents)
    expect(
      await index.ids({ clauses: [clause('skill', 'VMware', 1), clause('id', 'nobody', 1), clause('nowhere', 'vmware', 1)] }),
    ).to.deep.equal([])
  })

  it('takes the votes for several hundred', async () => {
    const index = await indexOf(documents)
    const votes = Array.from({ length: 900 }, (_, n) => clause('id', `nobody-${n}`, 1))
    expect(await index.ids({ clauses: [...votes, clause('id', 'c', 3)] })).to.deep.equal(['c'])
  })

  it('counts facets of what only a clause found', async () => {
    const index = await indexOf(documents)
    const { facets } = await index.ask({ text: words('nowhere'), clauses: [clause('id', 'a', 1)], facets: ['skill'] })
    expect(facets.skill).to.deep.equal([
      { value: 'san', count: 1 },
      { value: 'vmware', count: 1 },
    ])
  })

  it('orders what matches by further values, and finds nothing more by them', async () => {
    const index = await indexOf(documents)
    const rankedBy = [clause('skill', 'vmware', 1_000), clause('skill', 'san', 0.5), clause('id', 'c', 2_000), clause('id', 'b', 3)]
    const scores = async (query: Parameters<typeof index.ask>[0]) => (await index.ask(query)).hits.map(({ id, score }) => [id, score])
    expect(await scores({ clauses: [clause('skill', 'vmware', 0)], rankedBy })).to.deep.equal([
      ['b', 1_003],
      ['a', 1_000.5],
    ])
    expect((await scores({ rankedBy })).slice(0, 4), 'everything, when nothing is asked').to.deep.equal([
      ['c', 2_000],
      ['b', 1_003],
      ['a', 1_000.5],
      ['filler-000', 0],
    ])
    expect(await index.ids({ text: words('storage'), rankedBy })).to.deep.equal(['c', 'a'])
    expect(await index.ids({ text: words('nowhere'), rankedBy })).to.deep.equal([])
    expect(await index.ids({ text: { words: ['storage'], phrases: [], excluded: ['storage'] }, rankedBy })).to.deep.equal([])
    expect(await index.ids({ rankedBy, filters: [{ field: 'skill', anyOf: ['vmware'] }] })).to.deep.equal(['b', 'a'])
    expect(await index.ids({ rankedBy, readers: ['nobody'] })).to.deep.equal([])
  })

  it('keeps people apart who differ in one confirmation alone, with as many skills as a question can have', async () => {
    const skills = Array.from({ length: mostSkills }, (_, n) => ({ id: `s${n}` }))
    const ids = skills.map(({ id }) => id)
    const held = ids.flatMap(id => [id, `${id}:expert`, `${id}:2026`])
    const index = await indexOf(['a', 'b', 'c'].map(id => aDocument(id, { title: 'Person', keywords: { skill: held } })))
    const confirmed = ids.flatMap(() => ['a', 'b', 'c'].map(personId => ({ personId, count: 2 })))
    const more = (personId: string, count: number) => [...confirmed, { personId, count }]
    const order = (all: typeof confirmed) => {
      const clauses = skillClauses(skills, { levels: ['expert'], thisYear: 2_026, confirmed: all })
      return index.ids({ rankedBy: clauses.map(one => (one.field === 'id' ? one : { ...one, field: 'skill' })) })
    }
    expect(await order(confirmed), 'twin: alike').to.deep.equal(['a', 'b', 'c'])
    expect(await order(more('c', 1))).to.deep.equal(['c', 'a', 'b'])
    expect(await order([...more('b', 1), { personId: 'c', count: 2 }])).to.deep.equal(['c', 'b', 'a'])
  })

  it('weighs the words against the values', async () => {
    const index = await indexOf(documents)
    const scoreOf = async (textWeight: number) => (await index.ask({ text: words('storage'), textWeight })).hits[0]?.score ?? 0
    const whole = await scoreOf(1)
    expect(whole).to.be.above(0)
    expect((await index.ask({ text: words('storage') })).hits[0]?.score).to.equal(whole)
    expect(await scoreOf(0.01)).to.be.closeTo(whole / 100, 1e-5)
  })
})
