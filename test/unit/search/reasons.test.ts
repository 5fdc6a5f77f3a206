import { expect } from 'chai'
import type { Evidence } from '../../../server/search/evidence.ts'
import { reasonsFor } from '../../../server/search/reasons.ts'
import type { Group } from '../../../server/search/searchService.ts'
import { answersToRequests, articles, named, people, understood } from './searchTypes.ts'

const aPerson = (id: string, ...skills: [string, string][]) => ({
  _id: id,
  slug: `${id}-slug`,
  skills: skills.map(([skillId, level]) => ({ skillId, level })),
})
type Counts = Record<string, { type: typeof articles; count: number }[]>

const groupOf = (records: object[], counts?: Counts): Group =>
  ({
    type: people,
    total: records.length,
    found: records.map(record => ({ record, score: 1, highlights: {} })),
    ...(counts === undefined ? {} : { evidence: { of: (id: string) => counts[id] ?? [] } as unknown as Evidence }),
  }) as unknown as Group

const asked = (...skills: string[]) => understood({ recognised: skills.map(skill => ({ field: 'skill', name: named(skill) })) })

describe('why a person is there', () => {
  it('is said for people only', () => {
    expect(reasonsFor({ ...groupOf([]), type: articles }, asked('vmware'))).to.equal(undefined)
    expect(reasonsFor(groupOf([]), asked('vmware'))).to.deep.equal([])
  })

  it('is a declared skill that was asked, with its level', () => {
    const group = groupOf([aPerson('ann', ['vmware', 'expert'], ['san', 'working']), aPerson('ben', ['san', 'working'])])
    expect(reasonsFor(group, asked('vmware'))).to.deep.equal([[{ shape: 'declared', before: 'VMWARE, expert' }], []])
  })

  it('counts how many of several skills somebody has, each once', () => {
    const understanding = understood({
      recognised: [
        { field: 'skill', name: named('vmware') },
        { field: 'organisation', name: named('north') },
      ],
      chosen: [{ field: 'skill', records: [named('san'), named('vmware')] }],
    })
    const group = groupOf([aPerson('ann', ['san', 'working'], ['vmware', 'expert']), aPerson('ben', ['san', 'awareness'])])
    expect(reasonsFor(group, understanding)).to.deep.equal([
      [{ shape: 'declared', before: '2 of 2 skills: VMWARE, expert; SAN, working' }],
      [{ shape: 'declared', before: '1 of 2 skills: SAN, awareness' }],
    ])
  })

  it('is what they contributed that matches, with a link to exactly that', () => {
    const text = { words: ['storage'], phrases: ['data centre'], excluded: ['tape'] }
    const group = groupOf([aPerson('ann'), aPerson('ben')], {
      ann: [
        { type: articles, count: 1_204 },
        { type: answersToRequests, count: 1 },
      ],
    })
    const [ofAnn, ofBen] = reasonsFor(group, understood({ text })) ?? []
    const q = 'q=storage+%22data+centre%22+-tape'
    expect(ofAnn).to.deep.equal([
      { shape: 'shown', before: 'wrote ', link: { href: `/search?${q}&type=article&author=ann-slug`, text: '1,204 matching articles' } },
      { shape: 'shown', before: 'gave ', link: { href: `/search?${q}&type=answer&author=ann-slug`, text: '1 matching answer' } },
    ])
    expect(ofBen).to.deep.equal([])
  })
})
