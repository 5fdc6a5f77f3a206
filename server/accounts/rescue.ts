import { administratorsToken, partnershipToken, type SignedInPerson } from '../access/accessTokens.ts'
import { Conflict } from '../failures.ts'
import type { Services } from '../services.ts'
import type { Account, AccountModels } from './accountModels.ts'
import { plainEmail } from './emailAddress.ts'
import type { IssuedLink } from './invitations.ts'

/** Whoever can run commands on the machine acts as an administrator of the partnership. */
const commandLine: SignedInPerson = {
  id: 'command-line',
  name: 'Command line',
  slug: '',
  organisationId: '',
  teamIds: [],
  roles: ['partnership administrator'],
  tokens: [partnershipToken, administratorsToken],
}

type Rescuers = Pick<Services, 'partnership' | 'people' | 'organisations' | 'accountAdministration' | 'invitations'> & {
  models: Pick<AccountModels, 'accounts'>
}

/**
 * Makes an administrator of the partnership when nobody can sign in any more: of whoever has an account with this address, or of somebody new.
 * @returns a link with which they choose a password
 */
export async function rescue(services: Rescuers, asked: string): Promise<IssuedLink> {
  const email = plainEmail(asked)
  if (!(await services.partnership.exists())) {
    throw new Conflict(
      'There is no partnership yet. Start Skillpool and open the address that it prints: that makes its first administrator.',
    )
  }
  const account = await services.models.accounts.findOne({ email }).lean<Account>()
  return account === null ? inviteAdministrator(services, email) : restoreAdministrator(services, account)
}

async function restoreAdministrator({ people, accountAdministration, invitations }: Rescuers, { _id }: Account): Promise<IssuedLink> {
  const person = await people.byId(_id)
  if (person === undefined || person.status === 'left') throw new Conflict('That person has left. Name another e-mail address.')
  await people.giveRoles(commandLine, person.slug, [...person.roles, 'partnership administrator'])
  await accountAdministration.resume(commandLine, person.slug)
  const { link } = await invitations.issueResetLink(commandLine, person.slug)
  return link
}

async function inviteAdministrator({ organisations, invitations }: Rescuers, email: string): Promise<IssuedLink> {
  const [first] = (await organisations.list(commandLine)).sort((a, b) => (a._id < b._id ? -1 : 1))
  if (first === undefined) throw new Conflict('There is no organisation to belong to.')
  const name = email.split('@')[0] ?? email
  const newcomer = { name, email, organisationId: first._id, role: '', roles: ['partnership administrator' as const] }
  return (await invitations.invite(commandLine, newcomer)).link
}
