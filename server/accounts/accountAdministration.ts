import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Role } from '../access/roles.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, NotFound } from '../failures.ts'
import type { Leavers } from '../people/leavers.ts'
import type { Person } from '../people/personModel.ts'
import type { PersonService } from '../people/personService.ts'
import { plainWords } from '../storage/titleWords.ts'
import type { AccessLink, Account, AccountModels } from './accountModels.ts'

export type AccountState = 'none' | 'invited' | 'invitation over' | 'active' | 'suspended' | 'left'

export interface PersonWithAccount {
  person: Person
  state: AccountState
  /** What they sign in with. */
  email?: string
  hasPassword?: boolean
}

const readAtOnce = 500

/** What administrators do with other people's accounts. */
export class AccountAdministration {
  private readonly models: AccountModels
  private readonly people: PersonService
  private readonly leavers: Leavers
  private readonly clock: Clock

  constructor(models: AccountModels, { people, leavers, clock }: { people: PersonService; leavers: Leavers; clock: Clock }) {
    this.models = models
    this.people = people
    this.leavers = leavers
    this.clock = clock
  }

  /** The people whom this administrator may invite or suspend, or those of them who have left; by name. */
  async list(
    administrator: SignedInPerson,
    { named, haveLeft = false }: { named: string; haveLeft?: boolean },
    page: { from: number; size: number },
  ): Promise<{ rows: PersonWithAccount[]; total: number }> {
    const wanted = { nameWords: plainWords(named), ...administeredBy(administrator) }
    const { people, total } = haveLeft
      ? await this.leavers.list(wanted, page)
      : await this.people.list(administrator, { ...wanted, status: 'active' }, page)
    return { rows: await this.withAccounts(people), total }
  }

  /** The first by name who have an address and no account, of those whom this administrator may invite. */
  async withoutAccount(administrator: SignedInPerson, most: number): Promise<Person[]> {
    const found: Person[] = []
    for (let from = 0; found.length < most; from += readAtOnce) {
      const { rows, total } = await this.list(administrator, { named: '' }, { from, size: readAtOnce })
      found.push(...rows.filter(({ state, person }) => state === 'none' && person.email !== undefined).map(({ person }) => person))
      if (from + readAtOnce >= total) break
    }
    return found.slice(0, most)
  }

  /** @throws NotFound, also for somebody whose account this administrator may not touch */
  async find(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const person = (await this.leftOne(administrator, slug)) ?? (await this.oneHere(administrator, slug))
    const [found] = may(administrator, { verb: 'suspend', record: person }) ? await this.withAccounts([person]) : []
    if (found === undefined) throw new NotFound('There is nobody of that address whose account you keep.')
    return found
  }

  /** @throws NotFound, Conflict when they have left */
  async findHere(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const found = await this.find(administrator, slug)
    if (found.state === 'left') throw new Conflict(`${found.person.name} has left. Let them return first.`)
    return found
  }

  /** Ends all sign-ins and links of the person, and hides their profile; works with their next request. */
  async suspend(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const found = await this.findHere(administrator, slug)
    if (found.person._id === administrator.id) throw new Conflict('You cannot suspend yourself. Ask another administrator.')
    await this.change(found, { $set: { suspendedAt: this.clock.now() }, $inc: { round: 1 } })
    await this.people.suspend(found.person)
    await endSignIns(this.models, found.person._id)
    return found
  }

  async resume(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const found = await this.findHere(administrator, slug)
    await this.change(found, { $unset: { suspendedAt: 1 } })
    await this.people.resume(found.person)
    return found
  }

  async giveRoles(administrator: SignedInPerson, slug: string, roles: readonly Role[]): Promise<PersonWithAccount> {
    const found = await this.findHere(administrator, slug)
    await this.people.giveRoles(administrator, slug, roles)
    return found
  }

  private async leftOne(administrator: SignedInPerson, slug: string): Promise<Person | undefined> {
    const left = await this.leavers.bySlug(slug)
    return left !== undefined && may(administrator, { verb: 'suspend', record: left }) ? left : undefined
  }

  /** Or who left since they were looked for among those who have. */
  private async oneHere(administrator: SignedInPerson, slug: string): Promise<Person> {
    try {
      return await this.people.bySlug(administrator, slug)
    } catch (error) {
      const left = error instanceof NotFound ? await this.leftOne(administrator, slug) : undefined
      if (left === undefined) throw error
      return left
    }
  }

  private async withAccounts(people: readonly Person[]): Promise<PersonWithAccount[]> {
    const ids = people.map(person => person._id)
    const [accounts, links] = await Promise.all([
      this.models.accounts.find({ _id: { $in: ids } }).lean<Account[]>(),
      this.models.accessLinks.find({ personId: { $in: ids }, expiresAt: { $gt: this.clock.now() } }).lean<AccessLink[]>(),
    ])
    const accountOf = new Map(accounts.map(account => [account._id, account]))
    const invited = new Set(links.map(link => link.personId))
    return people.map(person => {
      const account = accountOf.get(person._id)
      return {
        person,
        state: stateOf(person, account, invited.has(person._id)),
        ...(account === undefined ? {} : { email: account.email, hasPassword: account.passwordHash !== undefined }),
      }
    })
  }

  private async change({ person }: PersonWithAccount, change: object): Promise<void> {
    const { matchedCount } = await this.models.accounts.updateOne({ _id: person._id }, change)
    if (matchedCount === 0) throw new Conflict(`${person.name} has no account yet.`)
  }
}

export async function endSignIns(models: Pick<AccountModels, 'signIns' | 'accessLinks'>, personId: string): Promise<void> {
  await models.signIns.deleteMany({ 'session.passport.user.personId': personId })
  await models.accessLinks.deleteMany({ personId })
}

/** Whose accounts this administrator keeps: everybody's, or those of their organisation. */
export const administeredBy = ({ roles, organisationId }: SignedInPerson): { organisationId?: string } =>
  roles.includes('partnership administrator') ? {} : { organisationId }

/** @throws Forbidden when this administrator may not give, or take, one of them */
export function refuseRoles(administrator: SignedInPerson, roles: readonly Role[], organisationId: string): void {
  const refused = roles.find(role => !may(administrator, { verb: 'give role', record: { role, organisationId } }))
  if (refused !== undefined) throw new Forbidden(`You may not give or take the role of ${refused}.`)
}

function stateOf({ status }: Person, account: Account | undefined, hasLink: boolean): AccountState {
  if (status === 'left') return 'left'
  if (account === undefined) return 'none'
  if (account.suspendedAt !== undefined) return 'suspended'
  if (account.passwordHash !== undefined) return 'active'
  return hasLink ? 'invited' : 'invitation over'
}
