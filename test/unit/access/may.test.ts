import { expect } from 'chai'
import { accessTokens, type SignedInPerson } from '../../../server/access/accessTokens.ts'
import { type Deed, may } from '../../../server/access/may.ts'
import type { Owned } from '../../../server/access/readers.ts'
import { type Role, roles } from '../../../server/access/roles.ts'

const own = 'own-organisation'
const other = 'other-organisation'

function somebody(...given: Role[]): SignedInPerson {
  const person = { id: 'me', name: 'Me', slug: 'me', organisationId: own, teamIds: ['my-team'], roles: given }
  return { ...person, tokens: accessTokens(person) }
}

const article = (given: Partial<Owned>): Owned => ({
  organisationId: own,
  authorIds: ['somebody-else'],
  owner: { personId: 'somebody-else' },
  visibility: 'partnership',
  chosenOrganisationIds: [],
  state: 'published',
  ...given,
})
const member: readonly Role[] = ['member']

/** A deed, and who may do it, in the order of the columns: member, editor, coordinator, organisation administrator, partnership administrator. */
const table: readonly [string, Deed, string][] = [
  ['write an article', { verb: 'write article' }, 'yes yes yes yes yes'],
  [
    'change an article of their own',
    { verb: 'write article', record: article({ authorIds: ['x', 'me'], organisationId: other }) },
    'yes yes yes yes yes',
  ],
  [
    'change an article that they own',
    { verb: 'write article', record: article({ owner: { personId: 'me' }, organisationId: other }) },
    'yes yes yes yes yes',
  ],
  [
    'change an article of their team',
    { verb: 'write article', record: article({ owner: { teamId: 'my-team' }, organisationId: other }) },
    'yes yes yes yes yes',
  ],
  ['change an article of another team', { verb: 'write article', record: article({ owner: { teamId: 'team' } }) }, 'no yes no yes yes'],
  ['change any article of the organisation', { verb: 'write article', record: article({}) }, 'no yes no yes yes'],
  ['change any article of another', { verb: 'write article', record: article({ organisationId: other }) }, 'no no no no yes'],
  ['import articles', { verb: 'import articles' }, 'no yes no yes yes'],
  ['plan a day', { verb: 'run day' }, 'no no yes no yes'],
  ['run a day that they host', { verb: 'run day', record: { hostIds: ['me'] } }, 'yes yes yes yes yes'],
  ['run a day that others host', { verb: 'run day', record: { hostIds: ['other'] } }, 'no no yes no yes'],
  ['approve the minutes of a day that they host', { verb: 'approve minutes', record: { hostIds: ['me'] } }, 'yes yes yes yes yes'],
  ['approve the minutes of a day that others host', { verb: 'approve minutes', record: { hostIds: ['other'] } }, 'no no no no no'],
  ['change an action of theirs', { verb: 'keep action', record: { ownerId: 'me' } }, 'yes yes yes yes yes'],
  ['change an action of another', { verb: 'keep action', record: { ownerId: 'other' } }, 'no no yes no yes'],
  ['make a collection', { verb: 'write collection' }, 'yes yes yes yes yes'],
  [
    'change a collection that they own',
    { verb: 'write collection', record: article({ owner: { personId: 'me' }, organisationId: other }) },
    'yes yes yes yes yes',
  ],
  ['change any collection of the organisation', { verb: 'write collection', record: article({}) }, 'no yes no yes yes'],
  ['offer something', { verb: 'write offer' }, 'yes yes yes yes yes'],
  ['change any offer of another', { verb: 'write offer', record: article({ organisationId: other }) }, 'no no no no yes'],
  ['change any collection of another', { verb: 'write collection', record: article({ organisationId: other }) }, 'no no no no yes'],
  [
    'approve what they are asked to',
    { verb: 'approve article', record: article({ approverId: 'me', approval: {}, organisationId: other }) },
    'yes yes yes yes yes',
  ],
  [
    'approve what somebody else is asked to',
    { verb: 'approve article', record: article({ approverId: 'you', approval: {} }) },
    'no no no no no',
  ],
  ['approve what nobody asks for', { verb: 'approve article', record: article({ approverId: 'me' }) }, 'no no no no no'],
  ['mark as sensitive', { verb: 'mark as sensitive', record: { organisationId: own } }, 'no yes no yes yes'],
  ['mark as sensitive elsewhere', { verb: 'mark as sensitive', record: { organisationId: other } }, 'no no no no yes'],
  ['change their own profile', { verb: 'edit profile', record: { _id: 'me', organisationId: own } }, 'yes yes yes yes yes'],
  ["change a colleague's profile", { verb: 'edit profile', record: { _id: 'you', organisationId: own } }, 'no no no yes yes'],
  ['change a profile elsewhere', { verb: 'edit profile', record: { _id: 'you', organisationId: other } }, 'no no no no yes'],
  ['invite at all', { verb: 'invite' }, 'no no no yes yes'],
  ['invite to the organisation', { verb: 'invite', record: { organisationId: own } }, 'no no no yes yes'],
  ['invite to another organisation', { verb: 'invite', record: { organisationId: other } }, 'no no no no yes'],
  ['keep teams at all', { verb: 'edit team' }, 'no no no yes yes'],
  ['keep teams of the organisation', { verb: 'edit team', record: { organisationId: own } }, 'no no no yes yes'],
  ['keep teams of another organisation', { verb: 'edit team', record: { organisationId: other } }, 'no no no no yes'],
  ['keep contacts at all', { verb: 'keep contacts' }, 'no no no yes yes'],
  ['keep contacts of the organisation', { verb: 'keep contacts', record: { organisationId: own } }, 'no no no yes yes'],
  ['keep contacts of another organisation', { verb: 'keep contacts', record: { organisationId: other } }, 'no no no no yes'],
  ['suspend at all', { verb: 'suspend' }, 'no no no yes yes'],
  ['suspend a colleague', { verb: 'suspend', record: { organisationId: own, roles: member } }, 'no no no yes yes'],
  [
    'suspend an administrator of the organisation',
    { verb: 'suspend', record: { organisationId: own, roles: ['organisation administrator'] } },
    'no no no yes yes',
  ],
  [
    'suspend an administrator of the partnership',
    { verb: 'suspend', record: { organisationId: own, roles: ['partnership administrator'] } },
    'no no no no yes',
  ],
  ['suspend somebody elsewhere', { verb: 'suspend', record: { organisationId: other, roles: member } }, 'no no no no yes'],
  ['make an editor', { verb: 'give role', record: { role: 'editor', organisationId: own } }, 'no no no yes yes'],
  ['make a coordinator', { verb: 'give role', record: { role: 'coordinator', organisationId: own } }, 'no no no yes yes'],
  [
    'make an administrator of the organisation',
    { verb: 'give role', record: { role: 'organisation administrator', organisationId: own } },
    'no no no yes yes',
  ],
  [
    'make an administrator of the partnership',
    { verb: 'give role', record: { role: 'partnership administrator', organisationId: own } },
    'no no no no yes',
  ],
  ['make an editor elsewhere', { verb: 'give role', record: { role: 'editor', organisationId: other } }, 'no no no no yes'],
  ['keep the skills vocabulary', { verb: 'keep skills' }, 'no no no no yes'],
  ['keep organisations', { verb: 'keep organisations' }, 'no no no no yes'],
  ['keep settings', { verb: 'keep settings' }, 'no no no no yes'],
  ['keep synonyms and pins', { verb: 'keep search' }, 'no no no no yes'],
  ['consent to loans for the organisation', { verb: 'approve loan', record: { organisationId: own } }, 'no no no yes yes'],
  ['consent to loans for another', { verb: 'approve loan', record: { organisationId: other } }, 'no no no no yes'],
  ['correct the ledger', { verb: 'correct ledger' }, 'no no no no yes'],
  ['change their own request', { verb: 'change request', record: { askerId: 'me' } }, 'yes yes yes yes yes'],
  ["change a colleague's request", { verb: 'change request', record: { askerId: 'you' } }, 'no no yes no yes'],
  ['moderate requests', { verb: 'moderate requests' }, 'no no yes no yes'],
  ['download the results of a search', { verb: 'download results' }, 'no no yes no yes'],
  ['see operations', { verb: 'see operations' }, 'no no no no yes'],
]

describe('may', () => {
  for (const [what, deed, answers] of table) {
    for (const [column, role] of roles.entries()) {
      const expected = answers.split(' ')[column] === 'yes'
      it(`${expected ? 'lets' : 'does not let'} ${role} ${what}`, () => {
        expect(may(somebody('member', role), deed)).to.equal(expected)
      })
    }
  }

  it('adds up several roles, and needs none for what a member may do', () => {
    const both = somebody('coordinator', 'editor')
    expect(may(both, { verb: 'write article', record: article({}) })).to.equal(true)
    expect(may(both, { verb: 'invite' })).to.equal(false)
    expect(may(somebody(), { verb: 'write article' })).to.equal(true)
  })

  it('has a line here for every verb', () => {
    const verbs: Record<Deed['verb'], true> = {
      'write article': true,
      'run day': true,
      'approve minutes': true,
      'keep action': true,
      'write collection': true,
      'write offer': true,
      'import articles': true,
      'approve article': true,
      'mark as sensitive': true,
      'edit profile': true,
      invite: true,
      'edit team': true,
      'keep contacts': true,
      suspend: true,
      'give role': true,
      'approve loan': true,
      'correct ledger': true,
      'keep skills': true,
      'keep organisations': true,
      'keep settings': true,
      'keep search': true,
      'see operations': true,
      'download results': true,
      'change request': true,
      'moderate requests': true,
    }
    expect([...new Set(table.map(([, { verb }]) => verb))]).to.have.members(Object.keys(verbs))
  })

  it('answers five times in each line', () => {
    for (const [what, , answers] of table) expect(answers, what).to.match(/^((yes|no) ){4}(yes|no)$/)
  })
})
