import { expect } from 'chai'
import { madeUpNumbers } from '../../../scripts/benchmark/madeUpText.ts'
import { answers, askedOf, askedOfPeople } from '../../../server/search/queryBuilder.ts'
import { mostSkills } from '../../../server/search/question/understanding.ts'
import { confirmationsOf, recencyOf, skillClauses } from '../../../server/search/skillRanking.ts'
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
  const peopleFor = (
    part: Parameters<typeof understood>[0],
    experts: { id: string; score: number }[] = [],
    confirmed: { personId: string; count: number }[] = [],
  ) => askedOfPeople(asked, understood({ text: words, ...part }), { experts, confirmed }, 2_026)

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
    expect(query.textWeight).to.equal(0.005)
    expect(query.clauses).to.deep.equal([
      { field: 'skill', value: 'vmware', score: 0 },
      { field: 'id', value: 'ann', score: 0.1 },
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
    expect(beside.clauses).to.deep.equal([{ field: 'id', value: 'ann', score: 0.1 }])
    const alone = peopleFor({ chosen, text: { words: [], phrases: [], excluded: [] } }, [{ id: 'ann', score: 8 }])
    expect(alone.clauses).to.deep.equal([])
    for (const { rankedBy = [] } of [beside, alone])
      expect(rankedBy.map(({ value }) => value)).to.include.members(['vmware:expert', 'san:working'])
  })

  it('gives whoever is confirmed a point for each of up to three colleagues and skill, which finds nobody', () => {
    const recognised = [
      { field: 'skill', name: skill },
      { field: 'skill', name: named('san') },
    ]
    const confirmed = [
      { personId: 'ann', count: 2 },
      { personId: 'ann', count: 7 },
      { personId: 'ben', count: 1 },
    ]
    const { clauses, rankedBy = [] } = peopleFor({ recognised }, [], confirmed)
    expect(rankedBy.filter(({ field }) => field === 'id')).to.deep.equal([
      { field: 'id', value: 'ann', score: 5 },
      { field: 'id', value: 'ben', score: 1 },
    ])
    expect(clauses?.some(({ field }) => field === 'id')).to.equal(false)
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
  /** A skill that somebody has, with its points for each place. */
  interface Held {
    level: number
    used: number
    willing: number
    confirmed: number
  }
  const yearOf = [2_000, 2_021, 2_024, 2_026]
  /** Words and votes: as much as they come to. */
  const besides = 0.7
  const scoreOf = (asked: number, held: readonly Held[]) => {
    const skills = Array.from({ length: asked }, (_, n) => ({ id: `s${n}` }))
    const confirmed = held.map(({ confirmed: count }) => ({ personId: 'ann', count }))
    const clauses = skillClauses(skills, { levels: everyLevel, thisYear: 2_026, confirmed })
    const values = held.flatMap(({ level, used, willing }, n) => [
      `s${n}:${everyLevel[level]}`,
      `s${n}:${yearOf[used]}`,
      ...(willing > 0 ? [`s${n}`] : []),
    ])
    const matching = clauses.filter(({ field, value }) => values.includes(value) || field === 'id')
    return matching.reduce((sum, { score }) => sum + score, 0)
  }
  const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0)
  const places = (held: readonly Held[]) => [
    held.length,
    ...(['level', 'used', 'willing', 'confirmed'] as const).map(place => sum(held.map(skill => skill[place]))),
  ]
  const all = (skill: Held, count: number): Held[] => Array.from({ length: count }, () => ({ ...skill }))
  const least = { level: 0, used: 0, willing: 0, confirmed: 0 }
  const most = { level: 3, used: 3, willing: 1, confirmed: 3 }

  for (let count = 1; count <= mostSkills; count++) {
    it(`lets no lower place of ${count} skills make up for a higher one, in single precision`, () => {
      const tops = (['level', 'used', 'willing', 'confirmed'] as const).map((place, at, names) => {
        const lower = names.slice(at + 1).map(name => [name, most[name]])
        const high = all(least, count)
        if (high[0]) high[0][place] = 1
        return { place, high, low: all({ ...least, ...Object.fromEntries(lower) }, count) }
      })
      const pairs = [...tops, { place: 'how many', high: all(least, count), low: all(most, count - 1) }]
      for (const { place, high, low } of pairs) {
        expect(Math.fround(scoreOf(count, high)), place).to.be.above(Math.fround(scoreOf(count, low) + besides))
      }
      expect(scoreOf(count, all(least, count)) - scoreOf(count, all(most, count - 1)), 'a skill is above all words').to.be.at.least(100)
    })
  }

  it('goes by the places in their order, whoever is compared', () => {
    const number = madeUpNumbers(7)
    const below = (limit: number) => Math.floor(number() * limit)
    for (let round = 0; round < 2_000; round++) {
      const count = 1 + below(mostSkills)
      const somebody = () =>
        Array.from({ length: below(count + 1) }, () => ({ level: below(4), used: below(4), willing: below(2), confirmed: below(4) }))
      const [ann, ben] = [somebody(), somebody()]
      const [ofAnn, ofBen] = [places(ann), places(ben)]
      const at = ofAnn.findIndex((points, place) => points !== ofBen[place])
      if (at < 0) continue
      const [higher, lower] = (ofAnn[at] ?? 0) > (ofBen[at] ?? 0) ? [ann, ben] : [ben, ann]
      expect(Math.fround(scoreOf(count, higher)), `${places(higher)} before ${places(lower)}`).to.be.above(
        Math.fround(scoreOf(count, lower) + besides),
      )
    }
  })

  it('would be too much for single precision with as many skills again', () => {
    const keptApart = (asked: number) => {
      const confirmedOf = (some: number) => all(most, asked).map((skill, at) => ({ ...skill, confirmed: at < some ? 1 : 0 }))
      const scores = Array.from({ length: asked + 1 }, (_, some) => Math.fround(scoreOf(asked, confirmedOf(some))))
      return new Set(scores).size === asked + 1
    }
    expect([mostSkills, 2 * mostSkills].map(keptApart)).to.deep.equal([true, false])
  })

  it('takes three who confirm for as much as more', () => {
    expect([0, 1, 2, 3, 4, 50].map(confirmationsOf)).to.deep.equal([0, 1, 2, 3, 3, 3])
  })

  it('takes this year and the last for the same, and older ones for less', () => {
    expect([2_027, 2_026, 2_025, 2_024, 2_023, 2_022, 2_020, 2_019, 1_990].map(year => recencyOf(year, 2_026))).to.deep.equal([
      3, 3, 3, 2, 2, 1, 1, 0, 0,
    ])
  })
})
