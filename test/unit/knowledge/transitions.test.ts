import { expect } from 'chai'
import { accessTokens, type SignedInPerson } from '../../../server/access/accessTokens.ts'
import type { Owned } from '../../../server/access/readers.ts'
import { type ArticleState, articleStates } from '../../../server/knowledge/reviews/articleStates.ts'
import { mayTake, type Step, stateAfter, transitions } from '../../../server/knowledge/reviews/transitions.ts'

const somebody = (id: string): SignedInPerson => {
  const person = { id, name: id, slug: id, organisationId: 'o', teamIds: [], roles: ['member' as const] }
  return { ...person, tokens: accessTokens(person) }
}
const article = (state: ArticleState, approval?: object): Owned & { state: ArticleState } => ({
  ...{
    organisationId: 'o',
    authorIds: ['writer'],
    owner: { personId: 'writer' },
    visibility: 'partnership',
    chosenOrganisationIds: [],
    state,
  },
  ...(approval === undefined ? {} : { approval }),
  approverId: 'approver',
})

/** Who may take which step from which state, and where it leads: everything else is refused. */
const writer: Partial<Record<ArticleState, Partial<Record<Step, ArticleState>>>> = {
  draft: { publish: 'published', 'ask for approval': 'in approval' },
  'in approval': { publish: 'published', 'ask for approval': 'in approval', withdraw: 'draft' },
  published: {
    ...{ 'ask to change': 'published', 'still right': 'published', archive: 'archived', supersede: 'superseded' },
  },
  'needs review': {
    ...{ 'ask to change': 'needs review', 'still right': 'published', archive: 'archived', supersede: 'superseded' },
  },
  archived: { 'bring back': 'needs review' },
  superseded: { archive: 'archived', 'bring back': 'needs review' },
}
const approver: typeof writer = {
  'in approval': { approve: 'published', refuse: 'draft' },
  published: { 'approve change': 'published', 'refuse change': 'published' },
  'needs review': { 'approve change': 'published', 'refuse change': 'needs review' },
}
const steps = Object.keys(transitions) as Step[]

describe('the steps of an article', () => {
  const taken = (person: string, state: ArticleState, approval?: object) => {
    const of = article(state, approval)
    return Object.fromEntries(steps.filter(step => mayTake(somebody(person), step, of)).map(step => [step, stateAfter(step, of)]))
  }

  for (const state of articleStates) {
    it(`from ${state} are these, for those who write it`, () => {
      expect(taken('writer', state)).to.deep.equal(writer[state] ?? {})
    })

    it(`from ${state} are these, for who is asked to approve it`, () => {
      expect(taken('approver', state, {})).to.deep.equal(approver[state] ?? {})
      expect(taken('approver', state), 'not asked').to.deep.equal({})
    })

    it(`from ${state} are none for anybody else`, () => {
      expect(taken('reader', state, {})).to.deep.equal({})
    })
  }

  it('do not set aside what waits for approval', () => {
    expect(taken('writer', 'published', {})).to.have.all.keys('ask to change', 'withdraw change', 'still right')
  })

  it('leave falling due to time', () => {
    for (const person of ['writer', 'approver']) expect(taken(person, 'published', {})).to.not.have.property('fall due')
  })
})
