import type { SignedInPerson } from './accessTokens.ts'
import type { Owned } from './readers.ts'
import type { Role } from './roles.ts'

/** What can be done to what. A verb without a record asks whether the person may do it at all. */
export type Deed =
  | { verb: 'write article'; record?: Owned }
  /** To plan, publish and cancel a partnership day. */
  | { verb: 'run day'; record?: { hostIds: readonly string[] } }
  | { verb: 'approve minutes'; record: { hostIds: readonly string[] } }
  /** To say how an action stands. */
  | { verb: 'keep action'; record: { ownerId?: string } }
  | { verb: 'write collection'; record?: Pick<Owned, 'organisationId' | 'owner'> }
  | { verb: 'write offer'; record?: Pick<Owned, 'organisationId' | 'owner'> }
  /** Many at once, from a file, into their own organisation. */
  | { verb: 'import articles' }
  /** To agree to what waits for approval, or not to. */
  | { verb: 'approve article'; record: Owned }
  /** To mark what an organisation writes as sensitive, or no longer. */
  | { verb: 'mark as sensitive'; record: { organisationId: string } }
  | { verb: 'edit profile'; record: { _id: string; organisationId: string } }
  | { verb: 'invite' | 'edit team' | 'keep contacts'; record?: { organisationId: string } }
  /** Whatever is done to somebody's account. */
  | { verb: 'suspend'; record?: { organisationId: string; roles: readonly Role[] } }
  | { verb: 'keep skills' | 'keep organisations' | 'keep settings' | 'keep search' | 'see operations' }
  /** To consent for an organisation to a loan of one of its people, or to it. */
  | { verb: 'approve loan'; record: { organisationId: string } }
  | { verb: 'correct ledger' }
  /** To withdraw, edit and tidy what others ask for. */
  | { verb: 'moderate requests' }
  | { verb: 'change request'; record: { askerId: string } }
  /** All results of a search at once, as a table. */
  | { verb: 'download results' }
  | { verb: 'give role'; record: { role: Role; organisationId: string } }

/** The only place that decides who may change what. Reading is decided by readers. */
export function may(person: SignedInPerson, deed: Deed): boolean {
  switch (deed.verb) {
    case 'write article':
      return deed.record === undefined || ownsPart(person, deed.record) || editsFor(person, deed.record.organisationId)
    case 'write collection':
    case 'write offer':
      return (
        deed.record === undefined || ownsPart(person, { authorIds: [], ...deed.record }) || editsFor(person, deed.record.organisationId)
      )
    case 'run day':
      return coordinates(person) || deed.record?.hostIds.includes(person.id) === true
    case 'approve minutes':
      return deed.record.hostIds.includes(person.id)
    case 'keep action':
      return coordinates(person) || deed.record.ownerId === person.id
    case 'approve article':
      return deed.record.approval !== undefined && deed.record.approverId === person.id
    case 'mark as sensitive':
      return editsFor(person, deed.record.organisationId)
    case 'edit profile':
      return person.id === deed.record._id || administers(person, deed.record.organisationId)
    case 'suspend':
      return deed.record === undefined ? administersSomething(person) : keepsAccount(person, deed.record)
    case 'invite':
    case 'edit team':
    case 'keep contacts':
      return deed.record === undefined ? administersSomething(person) : administers(person, deed.record.organisationId)
    case 'approve loan':
      return administers(person, deed.record.organisationId)
    case 'give role':
      return (
        has(person, 'partnership administrator') ||
        (deed.record.role !== 'partnership administrator' && administers(person, deed.record.organisationId))
      )
    case 'import articles':
      return editsFor(person, person.organisationId)
    case 'change request':
      return deed.record.askerId === person.id || may(person, { verb: 'moderate requests' })
    case 'moderate requests':
    case 'download results':
      return coordinates(person)
    default:
      return has(person, 'partnership administrator')
  }
}

function ownsPart(person: SignedInPerson, { authorIds, owner }: Pick<Owned, 'authorIds' | 'owner'>): boolean {
  return (
    authorIds.includes(person.id) || (owner.teamId === undefined ? owner.personId === person.id : person.teamIds.includes(owner.teamId))
  )
}

function editsFor(person: SignedInPerson, organisationId: string): boolean {
  return (
    has(person, 'partnership administrator') ||
    (person.organisationId === organisationId && (has(person, 'editor') || has(person, 'organisation administrator')))
  )
}

function administers(person: SignedInPerson, organisationId: string): boolean {
  return has(person, 'partnership administrator') || (person.organisationId === organisationId && has(person, 'organisation administrator'))
}

/** Whoever could reset the password of an administrator of the partnership would become one. */
function keepsAccount(person: SignedInPerson, { organisationId, roles }: { organisationId: string; roles: readonly Role[] }): boolean {
  return has(person, 'partnership administrator') || (!roles.includes('partnership administrator') && administers(person, organisationId))
}

function administersSomething(person: SignedInPerson): boolean {
  return has(person, 'partnership administrator') || has(person, 'organisation administrator')
}

const coordinates = (person: SignedInPerson) => has(person, 'coordinator') || has(person, 'partnership administrator')

const has = (person: SignedInPerson, role: Role) => person.roles.includes(role)
