import { partnershipToken, type SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { RowRefused } from '../../imports/importer.ts'
import type { Person } from '../personModel.ts'

type Wanted = Partial<Person> & Pick<Person, 'organisationId'>

/**
 * What an administrator may not do by hand, a file of theirs may not do either.
 * @param existing  whose profile the row would change
 * @param addressed  whose profile has the row's e-mail address
 * @throws RowRefused
 */
export function refuseForKeeper(keeper: SignedInPerson, wanted: Wanted, existing?: Person, addressed?: Person): void {
  if (!may(keeper, { verb: 'invite', record: wanted })) throw new RowRefused('organisation is not one whose people you keep')
  if (addressed !== undefined && addressed._id !== existing?._id)
    throw new RowRefused(`email "${wanted.email}" is that of another person, under another id`)
  if (existing !== undefined) refuseChange(keeper, wanted, existing)
  refuseRolesOfRow(keeper, wanted, existing)
}

function refuseChange(keeper: SignedInPerson, wanted: Wanted, existing: Person): void {
  if (!may(keeper, { verb: 'suspend', record: existing }))
    throw new RowRefused('id or email is that of somebody whom you do not keep: use ids that begin with the name of your organisation')
  if (wanted.status === 'left' && existing._id === keeper.id) throw new RowRefused('status would make yourself leave')
  if (wanted.status === 'active' && existing.status === 'active' && !existing.readers.includes(partnershipToken))
    throw new RowRefused('status is active, but the account is suspended: resume it on the page of the person')
}

function refuseRolesOfRow(keeper: SignedInPerson, { roles, organisationId }: Wanted, existing?: Person): void {
  if (roles === undefined) return
  const before = existing?.roles ?? ['member' as const]
  const changed = [...roles.filter(role => !before.includes(role)), ...before.filter(role => !roles.includes(role))]
  const refused = changed.find(role => !may(keeper, { verb: 'give role', record: { role, organisationId } }))
  if (refused !== undefined) throw new RowRefused(`roles would give or take "${refused}", which you may not`)
  if (existing?._id === keeper.id && changed.length > 0) throw new RowRefused('roles would change your own')
  if (!roles.includes('member')) throw new RowRefused('roles must have "member": everybody is one')
}
