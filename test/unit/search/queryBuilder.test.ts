import { expect } from 'chai'
import { answers, askedOf, askedOfPeople } from '../../../server/search/queryBuilder.ts'
import { recencyOf, skillClauses } from '../../../server/search/skillRanking.ts'
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
  const words = { words: ['storage'], phrases: [], excluded: [] }
  const asked = { alias: 'person', readers: reader.tokens, clauses: [{ field: 'organisation', value: 'north', score: 1 }] }
  const peopleFor = (part: Parameters<typeof understood>[0], votes: { id: string; score: number }[] = []) =>
    askedOfPeople(asked, understood({ text: words, ...part }), votes, 2_026)

  it('gives the best by votes 20, the others in proportion, and all a little', () => {
    const votes = [
      { id: 'ann', score: 8 },
      { id: 'ben', score: 2 },
      { id: 'cat', score: 0 },
    ]
    const query = peopleFor({}, votes)
    expect(query.clauses).to.deep.equal([
      { field: 'id', value: 'ann', score: 20 },
      { field: 'id', value: 'ben', score: 5 },
      { field: 'id', value: 'cat', score: 0.001 },
    ])
    expect(query).to.not.have.any.keys('rankedBy', 'textWeight')
    expect(peopleFor({}).clauses).to.deep.equal([])
    expect(peopleFor({}, [{ id: 'ann', score: 0 }]).clauses?.[0]?.score).to.equal(0.001)
  })

  it('finds people by the skills that the words name, and lets words and votes decide only between those alike in them', () => {
    const recognised = [
      { field: 'skill', name: skill },
      { field: 'organisation', name: named('north') },
    ]
    const query = peopleFor({ recognised }, [{ id: 'ann', score: 8 }])
    expect(query.textWeight).to.equal(0.01)
    expect(query.clauses).to.deep.equal([
      { field: 'skill', value: 'vmware', score: 0 },
      { field: 'id', value: 'ann', score: 0.2 },
    ])
    expect(query.rankedBy?.filter(({ field }) => field === 'skillLevel').map(({ value }) => value)).to.deep.equal([
      'vmware:awareness',
      'vmware:working',
      'vmware:practitioner',
      'vmware:expert',
    ])
  })

  it('orders by skills that were chosen, and finds nobody more by them', () => {
    const chosen = [{ field: 'skill', records: [named('vmware'), named('san')] }]
    const beside = peopleFor({ chosen }, [{ id: 'ann', score: 8 }])
    expect(beside.clauses).to.deep.equal([{ field: 'id', value: 'ann', score: 0.2 }])
    const alone = peopleFor({ chosen, text: { words: [], phrases: [], excluded: [] } }, [{ id: 'ann', score: 8 }])
    expect(alone.clauses).to.deep.equal([])
    for (const { rankedBy = [] } of [beside, alone])
      expect(rankedBy.map(({ value }) => value)).to.include.members(['vmware:expert', 'san:working'])
  })

  it('counts a skill at the levels that are asked', () => {
    const chosen = [
      { field: 'level', records: [named('practitioner'), named('expert')] },
      { field: 'level', records: [named('expert')], not: true as const },
    ]
    const { rankedBy = [] } = peopleFor({ chosen, recognised: [{ field: 'skill', name: skill }] })
    expect(rankedBy.filter(({ field }) => field === 'skillLevel').map(({ value }) => value)).to.deep.equal(['vmware:practitioner'])
  })
})

describe('the order of people by skills', () => {
  const everyLevel = ['awareness', 'working', 'practitioner', 'expert'] as const
  const scoresOf = (count: number) => {
    const skills = Array.from({ length: count }, (_, n) => ({ id: `s${n}` }))
    const clauses = skillClauses(skills, { levels: everyLevel, thisYear: 2_026 })
    return (held: readonly (readonly [level: string, year: number | undefined, willing: boolean])[]) =>
      held
        .flatMap(([level, year, willing], n) => [
          `s${n}:${level}`,
          ...(year === undefined ? [] : [`s${n}:${year}`]),
          ...(willing ? [`s${n}`] : []),
        ])
        .reduce((sum, value) => sum + (clauses.find(clause => clause.value === value)?.score ?? 0), 0)
  }

  for (const count of [1, 2, 3, 8, 20]) {
    it(`goes by how many of ${count}, then level, then recency, then willingness, whatever the lower ones are`, () => {
      const score = scoresOf(count)
      const all = (level: string, year: number | undefined, willing: boolean, some = count) =>
        Array.from({ length: some }, () => [level, year, willing] as const)
      const oneHigher = (level: string, year: number | undefined) => [
        [level, year, false] as const,
        ...all('awareness', undefined, false, count - 1),
      ]
      const inOrder = [
        all('expert', 2_026, true, count - 1),
        all('awareness', undefined, false),
        all('awareness', undefined, true),
        oneHigher('awareness', 2_020),
        all('awareness', 2_026, true),
        oneHigher('working', undefined),
        all('expert', 2_026, true),
      ].map(score)
      for (const [at, higher] of inOrder.slice(1).entries()) {
        const lower = inOrder[at] ?? 0
        expect(Math.fround(higher), `place ${at + 1}`).to.be.above(Math.fround(lower))
        expect(higher - lower).to.be.at.least(1)
      }
      expect((inOrder[1] ?? 0) - (inOrder[0] ?? 0), 'words and votes cannot make up for a skill').to.be.above(100)
    })
  }

  it('takes this year and the last for the same, and older ones for less', () => {
    expect([2_027, 2_026, 2_025, 2_024, 2_023, 2_022, 2_020, 2_019, 1_990].map(year => recencyOf(year, 2_026))).to.deep.equal([
      3, 3, 3, 2, 2, 1, 1, 0, 0,
    ])
  })
})
