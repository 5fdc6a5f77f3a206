import type { SignedInPerson } from '../access/accessTokens.ts'
import type { AccountService } from '../accounts/accountService.ts'
import { newToken } from '../accounts/secretToken.ts'
import type { Clock } from '../clock.ts'
import { NotFound } from '../failures.ts'
import type { Models } from '../models.ts'
import type { FeedSecret } from './feedModel.ts'

interface Collaborators {
  accounts: Pick<AccountService, 'signedIn'>
  clock: Clock
}

/** Secret addresses under which somebody's feed reader asks without signing in. One secret a person: a new one ends the old. */
export class FeedAddresses {
  private readonly secrets: Models['feedSecrets']
  private readonly accounts: Collaborators['accounts']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'feedSecrets'>, { accounts, clock }: Collaborators) {
    this.secrets = models.feedSecrets
    this.accounts = accounts
    this.clock = clock
  }

  async secretOf({ id }: SignedInPerson): Promise<FeedSecret | undefined> {
    return (await this.secrets.findById(id).lean<FeedSecret>()) ?? undefined
  }

  /** Where a page's feed is for this person; undefined while they have no feed addresses. @param page  "/skills/vmware" */
  async addressOf(person: SignedInPerson, page: string): Promise<string | undefined> {
    const secret = await this.secretOf(person)
    return secret === undefined ? undefined : `/feeds/${secret.token}${page}`
  }

  async renew({ id }: SignedInPerson): Promise<void> {
    await this.secrets.updateOne({ _id: id }, { $set: { token: newToken(), madeAt: this.clock.now() } }, { upsert: true })
  }

  async revoke({ id }: SignedInPerson): Promise<void> {
    await this.secrets.deleteOne({ _id: id })
  }

  /** Whose address it is, as they are at this moment. @throws NotFound when it was ended, or the person is suspended or has left */
  async reader(token: string): Promise<SignedInPerson> {
    const secret = await this.secrets.findOne({ token }).lean<FeedSecret>()
    const person = secret === null ? undefined : await this.accounts.signedIn(secret._id)
    if (person === undefined) throw new NotFound('There is no feed at this address any more. Make a new one under Your account.')
    return person
  }
}
