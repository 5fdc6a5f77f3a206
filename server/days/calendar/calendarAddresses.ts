import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { AccountService } from '../../accounts/accountService.ts'
import { hashOfToken, newToken } from '../../accounts/secretToken.ts'
import type { Clock } from '../../clock.ts'
import { NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { CalendarSecret } from './calendarModel.ts'

interface Collaborators {
  accounts: Pick<AccountService, 'signedIn'>
  clock: Clock
}

/** Secret addresses under which somebody's calendar program asks without signing in. One secret a person: a new one ends the old. */
export class CalendarAddresses {
  private readonly secrets: Models['calendarSecrets']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'calendarSecrets'>, collaborators: Collaborators) {
    this.secrets = models.calendarSecrets
    this.with = collaborators
  }

  async madeAt({ id }: SignedInPerson): Promise<Date | undefined> {
    return (await this.secrets.findById(id).lean<CalendarSecret>())?.madeAt
  }

  /** @returns the secret, which is kept nowhere */
  async renew({ id }: SignedInPerson): Promise<string> {
    const token = newToken()
    const kept = { tokenHash: hashOfToken(token), madeAt: this.with.clock.now() }
    await this.secrets.updateOne({ _id: id }, { $set: kept }, { upsert: true })
    return token
  }

  async forget(personId: string): Promise<void> {
    await this.secrets.deleteOne({ _id: personId })
  }

  /** Whose address it is, as they are at this moment. @throws NotFound when it was ended, or the person is suspended or has left */
  async reader(token: string): Promise<SignedInPerson> {
    const secret = await this.secrets.findOne({ tokenHash: hashOfToken(token) }).lean<CalendarSecret>()
    const person = secret === null ? undefined : await this.with.accounts.signedIn(secret._id)
    if (person === undefined)
      throw new NotFound(
        'There is no calendar at this address any more. Make a new one under Your account, Partnership days in your calendar.',
      )
    return person
  }
}
