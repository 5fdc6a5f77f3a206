import { expect } from 'chai'
import { accessTokens, visitor } from '../../../server/access/accessTokens.ts'
import { type Owned, readersOf } from '../../../server/access/readers.ts'
import { type Role, roles } from '../../../server/access/roles.ts'

const somebody = (...given: Role[]) => ({ id: 'p', organisationId: 'o', teamIds: ['t', 'u'], roles: given })

describe('accessTokens', () => {
  const everybody = ['public', 'partnership', 'person:p', 'organisation:o', 'team:t', 'team:u']
  const more: Record<Role, string[]> = {
    member: [],
    coordinator: [],
    editor: ['editors:o'],
    'organisation administrator': ['editors:o', 'administrators:o'],
    'partnership administrator': ['editors:o', 'administrators:o', 'administrators'],
  }
  for (const role of roles) {
    it(`of a person who is ${role}`, () => {
      expect(accessTokens(somebody('member', role))).to.have.members([...everybody, ...more[role]])
    })
  }

  it('hold each token once, whatever the roles', () => {
    const tokens = accessTokens(somebody(...roles))
    expect(tokens).to.have.length(new Set(tokens).size)
  })

  it('of a visitor are for what is public', () => {
    expect(visitor.tokens).to.deep.equal(['public'])
  })
})

describe('readersOf', () => {
  const record = (given: Partial<Owned> = {}): Owned => ({
    organisationId: 'o',
    authorIds: ['a', 'b'],
    owner: { teamId: 't' },
    visibility: 'partnership',
    chosenOrganisationIds: ['x', 'y'],
    state: 'published',
    ...given,
  })
  const close = ['editors:o', 'person:a', 'person:b', 'team:t']

  for (const [visibility, audience] of [
    ['team', []],
    ['organisation', ['organisation:o']],
    ['chosen', ['organisation:o', 'organisation:x', 'organisation:y']],
    ['partnership', ['partnership']],
  ] as const) {
    it(`of what is for ${visibility}, once published`, () => {
      expect(readersOf(record({ visibility }))).to.deep.equal([...close, ...audience].sort())
    })

    it(`of a draft that will be for ${visibility}: authors, team and editors`, () => {
      expect(readersOf(record({ visibility, state: 'draft' }))).to.deep.equal(close)
    })
  }

  it('take every state that nobody has published for one that is not public yet', () => {
    for (const state of ['in approval', '', 'Published', 'Archived']) expect(readersOf(record({ state }))).to.deep.equal(close)
  })

  it('stay when what was published needs a review, or is set aside', () => {
    for (const state of ['needs review', 'archived', 'superseded']) expect(readersOf(record({ state }))).to.include('partnership')
  })

  it('have the approver while they are asked and afterwards, but not of a draft that nobody asks about', () => {
    const of = (given: Partial<Owned>) => readersOf(record({ approverId: 'z', ...given }))
    expect(of({ state: 'in approval', approval: {} })).to.include('person:z')
    expect(of({})).to.include('person:z')
    expect(of({ state: 'draft' })).to.not.include('person:z')
  })

  it('are never the partnership for what is OFFICIAL-SENSITIVE, whatever else is said', () => {
    const readers = readersOf(record({ marking: 'OFFICIAL-SENSITIVE' }))
    expect(readers).to.include('organisation:o').and.not.include('partnership')
    expect(readersOf(record({ marking: 'OFFICIAL' })), 'twin').to.include('partnership')
  })

  it('have the person who owns it, once', () => {
    expect(readersOf(record({ owner: { personId: 'a' }, state: 'draft' }))).to.deep.equal(['editors:o', 'person:a', 'person:b'])
    expect(readersOf(record({ owner: { personId: 'c' }, state: 'draft' }))).to.include('person:c')
  })

  it('do not have the chosen organisations when they are not asked for', () => {
    expect(readersOf(record({ visibility: 'organisation' }))).to.not.include('organisation:x')
  })
})
