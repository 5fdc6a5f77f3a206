import { expect } from 'chai'
import { answers, askedOf, askedOfPeople } from '../../../server/search/queryBuilder.ts'
import type { Question } from '../../../server/search/understanding.ts'
import { articles, named, people, understood } from './searchTypes.ts'

const question = (part: Partial<Question> = {}): Question => ({ q: '', filters: {}, page: 1, ...part })
const reader = { tokens: ['partnership', 'person:ann'] }
const skill = named('vmware')

describe('the query of a type', () => {
  it('asks its alias, as the reader, in the question’s words', () => {
    const text = { words: ['storage'], phrases: [], excluded: ['tape'] }
    expect(askedOf(articles, understood({ text }), question(), reader)).to.deep.equal({
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
    expect(askedOf(articles, understood({ chosen }), question(), reader).filters).to.deep.equal([
      { field: 'organisation', anyOf: ['north', 'south'] },
      { field: 'kind', anyOf: ['howTo'] },
    ])
  })

  it('narrows by days only where the type has a date', () => {
    const [from, before] = [new Date(0), new Date(86_400_000)]
    expect(askedOf(articles, understood(), question({ from, before }), reader).ranges).to.deep.equal([
      { field: 'publishedAt', from, before },
    ])
    expect(askedOf(articles, understood(), question({ before }), reader).ranges).to.deep.equal([{ field: 'publishedAt', before }])
    expect(askedOf(people, understood(), question({ from }), reader)).to.not.have.property('ranges')
  })

  it('adds what names are worth, by how sure they are meant', () => {
    const recognised = [
      { field: 'author', name: named('udo', 0.5) },
      { field: 'skill', name: skill },
      { field: 'organisation', name: named('north') },
      { field: 'supplier', name: named('acme') },
    ]
    expect(askedOf(articles, understood({ recognised }), question(), reader).clauses).to.deep.equal([
      { field: 'author', value: 'udo', score: 4 },
      { field: 'skill', value: 'vmware', score: 2 },
      { field: 'organisation', value: 'north', score: 1 },
    ])
    expect(askedOf(people, understood({ recognised }), question(), reader).clauses?.map(({ field }) => field)).to.deep.equal([
      'skill',
      'organisation',
    ])
  })

  it('lets a name find nothing by itself when a phrase is asked', () => {
    const text = { words: [], phrases: ['data centre'], excluded: [] }
    const recognised = [{ field: 'skill', name: skill }]
    expect(askedOf(articles, understood({ text, recognised }), question(), reader).clauses).to.deep.equal([])
  })

  it('is asked only of types that have all that was chosen', () => {
    const kind = understood({ chosen: [{ field: 'kind', records: [named('howTo')] }] })
    expect([answers(articles, kind, question()), answers(people, kind, question())]).to.deep.equal([true, false])
    expect([
      answers(articles, understood(), question({ from: new Date(0) })),
      answers(people, understood(), question({ before: new Date(0) })),
    ]).to.deep.equal([true, false])
    expect(answers(people, understood(), question())).to.equal(true)
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
