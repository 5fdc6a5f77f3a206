import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Role } from '../access/roles.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../failures.ts'
import type { Organisation } from '../organisations/organisationModel.ts'
import type { OrganisationService } from '../organisations/organisationService.ts'
import type { PersonService } from '../people/personService.ts'
import type { AccountAdministration, PersonWithAccount } from './accountAdministration.ts'
import { refuseRoles } from './accountAdministration.ts'
import type { AccessLink, AccountModels } from './accountModels.ts'
import type { AccountService } from './accountService.ts'
import { emailField } from './emailAddress.ts'
import type { Leaving } from './leaving.ts'
import { hashOfToken, newToken } from './secretToken.ts'

export interface Newcomer {
  name: string
  email: string
  organisationId: string
  /** What somebody does. */
  role: string
  /** What somebody may do here. */
  roles: readonly Role[]
}

/** To be shown once to whoever passes it on. */
export interface IssuedLink {
  token: string
  purpose: AccessLink['purpose']
  expiresAt: Date
}

export interface InvitedOne {
  name: string
  slug: string
  email: string
  link: IssuedLink
}

export interface Refused {
  name: string
  reason: string
}

const validMs = { invitation: 7 * 24 * 60 * 60 * 1_000, reset: 24 * 60 * 60 * 1_000 } as const

interface Collaborators {
  accounts: AccountService
  accountAdministration: AccountAdministration
  leaving: Leaving
  organisations: OrganisationService
  people: PersonService
  clock: Clock
}

/** Links with which somebody chooses a password: an administrator passes them on, or has them mailed, see MailedLinks. */
export class Invitations {
  private readonly models: Pick<AccountModels, 'accounts' | 'accessLinks'>
  private readonly accounts: AccountService
  private readonly administration: AccountAdministration
  private readonly leaving: Leaving
  private readonly organisations: OrganisationService
  private readonly people: PersonService
  private readonly clock: Clock

  constructor(models: Pick<AccountModels, 'accounts' | 'accessLinks'>, services: Collaborators) {
    this.models = models
    this.accounts = services.accounts
    this.administration = services.accountAdministration
    this.leaving = services.leaving
    this.organisations = services.organisations
    this.people = services.people
    this.clock = services.clock
  }

  /** The organisations that this administrator may invite people to, by name. */
  async organisationsFor(administrator: SignedInPerson): Promise<Organisation[]> {
    const all = await this.organisations.list(administrator)
    return all.filter(({ _id, status }) => status !== 'left' && may(administrator, { verb: 'invite', record: { organisationId: _id } }))
  }

  /** Somebody new. @returns the person's slug and the link */
  async invite(administrator: SignedInPerson, newcomer: Newcomer): Promise<{ slug: string; link: IssuedLink }> {
    const { organisationId, email, roles } = newcomer
    if (!may(administrator, { verb: 'invite', record: { organisationId } }))
      throw new Forbidden('You may invite people to your own organisation only.')
    refuseRoles(administrator, roles, organisationId)
    if ((await this.organisations.named({ ids: [organisationId] }, administrator)).length === 0) {
      throw new Invalid({ organisationId: 'Choose the organisation' })
    }
    await this.refuseTaken(email)
    const person = await this.people.create({ ...newcomer, roles: [...new Set<Role>(['member', ...roles])] })
    await this.accounts.open({ personId: person._id, email })
    return { slug: person.slug, link: await this.issue(administrator.id, person._id, 'invitation') }
  }

  /** Somebody who has a profile but no account: an imported author. */
  async openAccount(administrator: SignedInPerson, slug: string, email: string): Promise<{ person: PersonWithAccount; link: IssuedLink }> {
    const found = await this.administration.findHere(administrator, slug)
    if (found.state !== 'none') throw new Conflict(`${found.person.name} has an account already.`)
    await this.refuseTaken(email)
    await this.accounts.open({ personId: found.person._id, email })
    return { person: found, link: await this.issue(administrator.id, found.person._id, 'invitation') }
  }

  /** Those of the people who can be, each by the address of their profile; the others with the reason. */
  async inviteMany(administrator: SignedInPerson, slugs: readonly string[]) {
    const invited: InvitedOne[] = []
    const refused: Refused[] = []
    for (const slug of slugs) {
      try {
        invited.push(await this.inviteProfile(administrator, slug))
      } catch (error) {
        if (!(error instanceof Conflict || error instanceof Invalid || error instanceof NotFound)) throw error
        refused.push({ name: slug, reason: error.message })
      }
    }
    return { invited, refused }
  }

  private async inviteProfile(administrator: SignedInPerson, slug: string): Promise<InvitedOne> {
    const { person } = await this.administration.find(administrator, slug)
    const email = emailField.safeParse(person.email ?? '')
    if (!email.success) throw new Conflict(`${person.name} has no e-mail address that could be used. Invite them from their own page.`)
    const { link } = await this.openAccount(administrator, slug, email.data)
    return { name: person.name, slug, email: email.data, link }
  }

  /** A new invitation, or for somebody with a password a link to choose another one. Earlier links end. */
  async issueResetLink(
    administrator: SignedInPerson,
    slug: string,
    token = newToken(),
  ): Promise<{ person: PersonWithAccount; link: IssuedLink }> {
    const found = await this.administration.findHere(administrator, slug)
    if (found.state === 'none') throw new Conflict(`${found.person.name} has no account yet. Invite them first.`)
    if (found.state === 'suspended') throw new Conflict(`The account of ${found.person.name} is suspended. Resume it first.`)
    const purpose = found.state === 'active' ? 'reset' : 'invitation'
    return { person: found, link: await this.issue(administrator.id, found.person._id, purpose, token) }
  }

  /** Somebody who left is here again; without a link when they never had an account. */
  async letReturn(administrator: SignedInPerson, slug: string): Promise<{ person: PersonWithAccount; link?: IssuedLink }> {
    const person = await this.leaving.letReturn(administrator, slug)
    if (person.state === 'none') return { person }
    return { person, link: await this.issue(administrator.id, person.person._id, 'invitation') }
  }

  /** Without asking who issues it: for the rescue from the command line, and the one place that makes links. */
  async issue(createdById: string, personId: string, purpose: AccessLink['purpose'], token = newToken()): Promise<IssuedLink> {
    const expiresAt = new Date(this.clock.now().getTime() + validMs[purpose])
    await this.models.accessLinks.deleteMany({ personId })
    await this.models.accessLinks.create({ _id: hashOfToken(token), personId, purpose, expiresAt, createdById })
    return { token, purpose, expiresAt }
  }

  private async refuseTaken(email: string): Promise<void> {
    const taken = await this.models.accounts.exists({ email })
    if (taken !== null) throw new Invalid({ email: 'There is an account with this e-mail address already' })
  }
}
