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
    ...(counts === undefined ? {} : { evidence: { of: (id: string) => counts[id] ?? [], confirmedOf: () => [] } as unknown as Evidence }),
  }) as unknown as Group

const asked = (...skills: string[]) => understood({ recognised: skills.map(skill => ({ field: 'skill', name: named(skill) })) })

describe('why a person is there', () => {
  it('is said for people only', () => {
    expect(reasonsFor({ ...groupOf([]), type: articles }, asked('vmware'))).to.equal(undefined)
    expect(reasonsFor(groupOf([]), asked('vmware'))).to.deep.equal([])
  })

  it('is a declared skill that was asked, with its level', () => {
    const group = groupOf([aPerson('ann', ['vmware', 'expert'], ['san', 'working']), aPerson('ben', ['san', 'working'])])
    expect(reasonsFor(group, asked('vmware'))).to.deep.equal([
      [{ shape: 'declared', before: '', link: { href: '/people/ann-slug#skills', text: 'VMWARE, expert' } }],
      [],
    ])
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
      [{ shape: 'declared', before: '2 of 2: ', link: { href: '/people/ann-slug#skills', text: 'VMWARE, expert; SAN, working' } }],
      [
        {
          shape: 'declared',
          before: '1 of 2: ',
          link: { href: '/people/ben-slug#skills', text: 'SAN, awareness' },
          after: '; not: VMWARE',
        },
      ],
    ])
  })

  it('says which skills somebody has at another level than was asked', () => {
    const level = { field: 'level', records: [named('expert')] }
    const [ofAnn, ofBen] =
      reasonsFor(groupOf([aPerson('ann', ['vmware', 'expert'], ['san', 'working']), aPerson('ben', ['san', 'working'])]), {
        ...asked('vmware', 'san', 'welsh'),
        chosen: [level],
      }) ?? []
    expect(ofAnn?.map(({ before, link, after }) => before + link?.text + after)).to.deep.equal([
      '1 of 3: VMWARE, expert; not: WELSH; at another level: SAN',
    ])
    expect(ofBen, 'none at that level').to.deep.equal([])
  })

  it('says when a skill was last used', () => {
    const person = { ...aPerson('ann'), skills: [{ skillId: 'vmware', level: 'expert', lastUsed: new Date('2024-05-01') }] }
    expect(reasonsFor(groupOf([person]), asked('vmware'))?.[0]?.[0]?.link?.text).to.equal('VMWARE, expert, used 2024')
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

  it('is who confirms an asked skill, with which one when several are asked, three at most', () => {
    const confirmedOf = () =>
      ['welsh', 'vmware', 'san', 'backup'].map(skillId => ({
        personId: 'ann',
        skillId,
        count: 1,
        reason: { shape: 'confirmed', before: 'confirmed by', link: { href: `/${skillId}`, text: 'Ben Two' } },
      }))
    const group = { ...groupOf([aPerson('ann')]), evidence: { of: () => [], confirmedOf } as unknown as Evidence }
    const said = (...skills: string[]) =>
      reasonsFor(group, asked(...skills))?.[0]?.map(({ before, link }) => `${before} ${link?.text} ${link?.href}`)
    expect(said('vmware')).to.deep.equal(['confirmed by Ben Two /vmware'])
    expect(said('vmware', 'oracle', 'san', 'backup', 'welsh')).to.deep.equal([
      'VMWARE confirmed by Ben Two /vmware',
      'SAN confirmed by Ben Two /san',
      'BACKUP confirmed by Ben Two /backup',
    ])
  })

  it('is, without words, what they contributed that names the chosen skills', () => {
    const understanding = understood({ chosen: [{ field: 'skill', records: [named('vmware'), named('san')] }] })
    const [ofAnn] = reasonsFor(groupOf([aPerson('ann')], { ann: [{ type: articles, count: 2 }] }), understanding) ?? []
    expect(ofAnn?.[0]?.link?.href).to.equal('/search?type=article&author=ann-slug&skill=vmware-slug&skill=san-slug')
  })
})
