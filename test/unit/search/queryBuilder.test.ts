import { expect } from 'chai'
import { answers, askedOf, askedOfPeople } from '../../../server/search/queryBuilder.ts'
import { articles, named, people, understood } from './searchTypes.ts'

const reader = { tokens: ['partnership', 'person:ann'] }
const skill = named('vmware')

describe('the query of a type', () => {
  it('asks its alias, as the reader, in the question’s words', () => {
    const text = { words: ['storage'], phrases: [], excluded: ['tape'] }
    expect(askedOf(articles, understood({ text }), reader)).to.deep.equal({
      alias: 'article',
      readers: ['partnership', 'person:ann'],
      text,
      clauses: [],
      filters: [],
    })
  })

  it('filters by what was chosen: one of the records of each field', () => {
    const chosen = [
      { field: 'organisation', records: [named('north'), named('south')] },
      { field: 'kind', records: [named('howTo')] },
    ]
    expect(askedOf(articles, understood({ chosen }), reader).filters).to.deep.equal([
      { field: 'organisation', anyOf: ['north', 'south'] },
      { field: 'kind', anyOf: ['howTo'] },
    ])
  })

  it('leaves out what has a value that is not wanted, and asks types that have no such field all the same', () => {
    const notKind = understood({ chosen: [{ field: 'kind', records: [named('howTo')], not: true }] })
    expect(askedOf(articles, notKind, reader).filters).to.deep.equal([{ field: 'kind', anyOf: ['howTo'], not: true }])
    expect(answers(people, notKind)).to.equal(true)
  })

  it('narrows by days only where the type has a date', () => {
    const [from, before] = [new Date(0), new Date(86_400_000)]
    expect(askedOf(articles, understood({ days: { from, before } }), reader).ranges).to.deep.equal([{ field: 'publishedAt', from, before }])
    expect(askedOf(articles, understood({ days: { before } }), reader).ranges).to.deep.equal([{ field: 'publishedAt', before }])
    expect(askedOf(people, understood({ days: { from } }), reader)).to.not.have.property('ranges')
  })

  it('adds what names are worth, by how sure they are meant', () => {
    const recognised = [
      { field: 'author', name: named('udo', 0.5) },
      { field: 'skill', name: skill },
      { field: 'organisation', name: named('north') },
      { field: 'supplier', name: named('acme') },
    ]
    expect(askedOf(articles, understood({ recognised }), reader).clauses).to.deep.equal([
      { field: 'author', value: 'udo', score: 4 },
      { field: 'skill', value: 'vmware', score: 2 },
      { field: 'organisation', value: 'north', score: 1 },
    ])
    expect(askedOf(people, understood({ recognised }), reader).clauses?.map(({ field }) => field)).to.deep.equal(['skill', 'organisation'])
  })

  it('lets a name find nothing by itself when a phrase is asked', () => {
    const text = { words: [], phrases: ['data centre'], excluded: [] }
    const recognised = [{ field: 'skill', name: skill }]
    expect(askedOf(articles, understood({ text, recognised }), reader).clauses).to.deep.equal([])
  })

  it('is asked only of types that have all that was chosen', () => {
    const kind = understood({ chosen: [{ field: 'kind', records: [named('howTo')] }] })
    expect([answers(articles, kind), answers(people, kind)]).to.deep.equal([true, false])
    expect([
      answers(articles, understood({ days: { from: new Date(0) } })),
      answers(people, understood({ days: { before: new Date(0) } })),
    ]).to.deep.equal([true, false])
    expect(answers(people, understood())).to.equal(true)
  })
})

describe('the query for people', () => {
  const asked = { alias: 'person', readers: reader.tokens, clauses: [{ field: 'organisation', value: 'north', score: 1 }] }

  it('gives the best by votes 20, the others in proportion, and all a little', () => {
    const votes = [
      { id: 'ann', score: 8 },
      { id: 'ben', score: 2 },
      { id: 'cat', score: 0 },
    ]
    expect(askedOfPeople(asked, understood(), votes).clauses).to.deep.equal([
      { field: 'id', value: 'ann', score: 20 },
      { field: 'id', value: 'ben', score: 5 },
      { field: 'id', value: 'cat', score: 0.001 },
    ])
    expect(askedOfPeople(asked, understood(), []).clauses).to.deep.equal([])
    expect(askedOfPeople(asked, understood(), [{ id: 'ann', score: 0 }]).clauses?.[0]?.score).to.equal(0.001)
  })

  it('puts how many of the skills somebody has before level, and level before nothing', () => {
    const recognised = [
      { field: 'skill', name: skill },
      { field: 'organisation', name: named('north') },
    ]
    expect(askedOfPeople(asked, understood({ recognised }), []).clauses).to.deep.equal([
      { field: 'skill', value: 'vmware', score: 1_000 },
      { field: 'skillLevel', value: 'vmware:working', score: 4 },
      { field: 'skillLevel', value: 'vmware:practitioner', score: 8 },
      { field: 'skillLevel', value: 'vmware:expert', score: 12 },
    ])
  })
})
