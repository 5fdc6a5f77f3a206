import { accessTokens, type SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Invalid, NotFound } from '../failures.ts'
import type { Person } from '../people/personModel.ts'
import { photoHref } from '../people/personPresenter.ts'
import type { PersonService } from '../people/personService.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { AccessLink, Account, AccountModels } from './accountModels.ts'
import type { Bearer } from './bearers.ts'
import { plainEmail } from './emailAddress.ts'
import { hashPassword, isPassword, weaknessOf } from './passwords.ts'
import { hashOfToken } from './secretToken.ts'

/** Somebody who has just shown that they are it. The sign-in keeps the round: it is over when the account has a newer one. */
export interface SignedIn {
  personId: string
  round: number
}

export interface OpenedLink {
  personId: string
  name: string
  email: string
  purpose: AccessLink['purpose']
  expiresAt: Date
}

const linkIsGone = 'This link was used already, replaced by a newer one, or is too old. Ask your administrator for a new one.'
const accountIsClosed = 'Your account is suspended. Ask the administrator of your organisation.'

/** What people do with their own account. */
export class AccountService {
  private readonly models: AccountModels
  private readonly people: Pick<PersonService, 'byId'>
  private readonly clock: Clock

  constructor(models: AccountModels, { people, clock }: { people: Pick<PersonService, 'byId'>; clock: Clock }) {
    this.models = models
    this.people = people
    this.clock = clock
  }

  /** @throws Invalid, with the same words whether the address or the password is wrong */
  async signIn(email: string, password: string): Promise<SignedIn> {
    const account = await this.models.accounts.findOne({ email: plainEmail(email) }).lean<Account>()
    const right = await isPassword(password, account?.passwordHash)
    if (account === null || !right) throw new Invalid({ email: 'The e-mail address or the password is not right' })
    if ((await this.signedIn(account._id)) === undefined) throw new Invalid({ email: accountIsClosed })
    return { personId: account._id, round: account.round }
  }

  /** Somebody who may be here now. @returns undefined when suspended or gone */
  async signedIn(personId: string): Promise<SignedInPerson | undefined> {
    const [account, person] = await Promise.all([
      this.models.accounts.findById(personId, { suspendedAt: 1, round: 1 }).lean<Account>(),
      this.people.byId(personId),
    ])
    return account === null || person === undefined ? undefined : this.admitted({ account, person }, account.round)
  }

  /**
   * Who may be here now, of those whom a sign-in names: read anew for each request, so that a suspension works with the next one.
   * @param round  the one that the sign-in carries
   * @returns undefined when suspended, gone, or when that sign-in was ended
   */
  admitted({ account, person }: Bearer, round: number): SignedInPerson | undefined {
    if (account.suspendedAt !== undefined || round !== account.round) return undefined
    return person.status === 'left' ? undefined : asSignedIn(person)
  }

  /** An account with a password, without an invitation: for imports of examples, rescue and tests. */
  async open({ personId, email, password }: { personId: string; email: string; password?: string }): Promise<void> {
    const passwordHash = password === undefined ? {} : { passwordHash: await hashPassword(password) }
    try {
      await this.models.accounts.create({ _id: personId, email: plainEmail(email), ...passwordHash, createdAt: this.clock.now(), round: 0 })
    } catch (error) {
      throw isTaken(error)
        ? new Conflict(`There is an account with the e-mail address ${plainEmail(email)}, or of this person, already.`)
        : error
    }
  }

  async emailOf(personId: string): Promise<string> {
    const account = await this.models.accounts.findById(personId, { email: 1 }).lean<Account>()
    if (account === null) throw new NotFound('You have no account any more.')
    return account.email
  }

  /**
   * Who can be written to: the address of somebody who may be here now and has shown by choosing a password that it is theirs.
   * @param alsoInvited  whether the password may be still to be chosen
   */
  async reachable(personId: string, { alsoInvited }: { alsoInvited: boolean }) {
    const account = await this.models.accounts.findById(personId, { email: 1, passwordHash: 1 }).lean<Account>()
    if (account === null || (account.passwordHash === undefined && !alsoInvited)) return undefined
    const person = await this.signedIn(personId)
    return person === undefined ? undefined : { person, email: account.email }
  }

  /** What the page of a link shows; looking does not use it up. @throws NotFound */
  async openLink(token: string): Promise<OpenedLink> {
    const link = await this.models.accessLinks.findOne(this.valid(token)).lean<AccessLink>()
    const person = link === null ? undefined : await this.signedIn(link.personId)
    if (link === null || person === undefined) throw new NotFound(linkIsGone)
    const { purpose, expiresAt } = link
    return { personId: person.id, name: person.name, email: await this.emailOf(person.id), purpose, expiresAt }
  }

  /** Uses a link up: sets the password and ends the sign-ins there were. @throws NotFound, Invalid */
  async acceptLink(token: string, password: string): Promise<SignedIn> {
    const { personId, email } = await this.openLink(token)
    refuseWeak(password, email)
    const used = await this.models.accessLinks.findOneAndDelete(this.valid(token)).lean<AccessLink>()
    if (used === null) throw new NotFound(linkIsGone)
    return this.setPassword({ _id: personId }, password)
  }

  /** Ends the person's other sign-ins and links. @throws Invalid */
  async changePassword(personId: string, current: string, next: string): Promise<SignedIn> {
    const account = await this.models.accounts.findById(personId).lean<Account>()
    if (!(await isPassword(current, account?.passwordHash))) throw new Invalid({ current: 'The current password is not right' })
    refuseWeak(next, account?.email ?? '')
    return this.setPassword({ _id: personId, round: account?.round ?? 0 }, next)
  }

  private async setPassword(which: { _id: string; round?: number }, password: string): Promise<SignedIn> {
    const change = { passwordHash: await hashPassword(password), passwordChangedAt: this.clock.now() }
    const account = await this.models.accounts
      .findOneAndUpdate({ ...which, suspendedAt: { $exists: false } }, { $set: change, $inc: { round: 1 } }, { returnDocument: 'after' })
      .lean<Account>()
    if (account === null) throw new Conflict('Your account was changed at the same moment. Sign in again.')
    await this.models.signIns.deleteMany({ 'session.passport.user.personId': account._id })
    await this.models.accessLinks.deleteMany({ personId: account._id })
    return { personId: account._id, round: account.round }
  }

  private valid = (token: string) => ({ _id: hashOfToken(token), expiresAt: { $gt: this.clock.now() } })
}

function refuseWeak(password: string, email: string): void {
  const weakness = weaknessOf(password, email)
  if (weakness !== undefined) throw new Invalid({ password: weakness })
}

function asSignedIn(person: Person): SignedInPerson {
  const { _id: id, name, slug, organisationId, teamIds, roles } = person
  const photo = photoHref(person, 'small')
  const tokens = accessTokens({ id, organisationId, teamIds, roles })
  return { id, name, slug, organisationId, teamIds, roles, tokens, ...(photo === undefined ? {} : { photoHref: photo }) }
}
