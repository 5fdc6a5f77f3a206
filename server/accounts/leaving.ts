import type { SignedInPerson } from '../access/accessTokens.ts'
import { Conflict } from '../failures.ts'
import type { Leavers } from '../people/leavers.ts'
import type { Person } from '../people/personModel.ts'
import { type AccountAdministration, endSignIns, type PersonWithAccount } from './accountAdministration.ts'
import type { AccountModels } from './accountModels.ts'

type Kept = Pick<AccountModels, 'accounts' | 'signIns' | 'accessLinks'>

/** People leave, and come back. */
export class Leaving {
  private readonly models: Kept
  private readonly administration: AccountAdministration
  private readonly leavers: Leavers

  constructor(models: Kept, { accountAdministration, leavers }: { accountAdministration: AccountAdministration; leavers: Leavers }) {
    this.models = models
    this.administration = accountAdministration
    this.leavers = leavers
  }

  /** Safe to repeat, also for somebody who has left already: what was interrupted is completed. */
  async leave(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const found = await this.administration.find(administrator, slug)
    refuseOneself(administrator, found.person)
    await this.leavers.leave(found.person)
    await this.close(found.person)
    return found
  }

  /** Back as they were, but for the password: with an account they are invited anew. Safe to repeat. @throws Conflict when they are here already */
  async letReturn(administrator: SignedInPerson, slug: string): Promise<PersonWithAccount> {
    const found = await this.administration.find(administrator, slug)
    const { person, state } = found
    if (state === 'active' || state === 'suspended') throw new Conflict(`${person.name} is here already.`)
    if (state === 'left') {
      await this.close(person)
      await this.leavers.comeBack(person)
    }
    return this.administration.find(administrator, slug)
  }

  /** The address stays theirs, for the day they come back. */
  private async close(person: Person): Promise<void> {
    const without = { passwordHash: 1 as const, suspendedAt: 1 as const }
    await this.models.accounts.updateOne({ _id: person._id }, { $unset: without, $inc: { round: 1 } })
    await endSignIns(this.models, person._id)
  }
}

export function refuseOneself({ id }: SignedInPerson, { _id }: Person): void {
  if (_id === id) throw new Conflict('You cannot mark yourself as left. Ask another administrator.')
}
