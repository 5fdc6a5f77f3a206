import type { Logger } from 'pino'
import { RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible'
import { TooMuch } from '../failures.ts'
import type { AccountModels } from './accountModels.ts'
import { plainEmail } from './emailAddress.ts'
import { networkOf } from './networkOf.ts'
import { hashOfToken } from './secretToken.ts'

const windowSeconds = 15 * 60
const limits = { 'sign-in of account': 10, 'sign-in from address': 50, 'link from address': 30 } as const
type Limit = keyof typeof limits

/** Counts tries in MongoDB, so that several processes count together. What turned out right is taken off again: an office shares one address. */
export class TryLimits {
  private readonly counters: Record<Limit, RateLimiterMongo>
  private readonly log: Logger

  constructor({ tryCounts }: Pick<AccountModels, 'tryCounts'>, log: Logger) {
    this.log = log
    const counter = (limit: Limit) =>
      new RateLimiterMongo({
        storeClient: tryCounts.db.getClient(),
        dbName: tryCounts.db.name,
        tableName: tryCounts.collection.name,
        disableIndexesCreation: true,
        keyPrefix: limit,
        points: limits[limit],
        duration: windowSeconds,
      })
    this.counters = {
      'sign-in of account': counter('sign-in of account'),
      'sign-in from address': counter('sign-in from address'),
      'link from address': counter('link from address'),
    }
  }

  /** @throws TooMuch */
  async countSignIn(email: string, address: string): Promise<void> {
    await this.count('sign-in from address', networkOf(address))
    await this.countPassword(email)
  }

  /** Also for the current password when somebody changes it. @throws TooMuch */
  countPassword = (email: string): Promise<void> => this.count('sign-in of account', hashOfToken(plainEmail(email)))

  async forgiveSignIn(email: string, address: string): Promise<void> {
    await this.lenient(this.counters['sign-in from address'].reward(networkOf(address)))
    await this.forgivePassword(email)
  }

  forgivePassword = (email: string): Promise<void> =>
    this.lenient(this.counters['sign-in of account'].delete(hashOfToken(plainEmail(email))))

  /** @throws TooMuch */
  countLink = (address: string): Promise<void> => this.count('link from address', networkOf(address))
  forgiveLink = (address: string): Promise<void> => this.lenient(this.counters['link from address'].reward(networkOf(address)))

  private async count(limit: Limit, key: string): Promise<void> {
    try {
      await this.counters[limit].consume(key)
    } catch (refusal) {
      if (refusal instanceof RateLimiterRes) throw tooMany(refusal.msBeforeNext)
      this.log.warn({ err: refusal, limit }, 'tries could not be counted, so this one is let through')
    }
  }

  private async lenient(work: Promise<unknown>): Promise<void> {
    await work.catch(error => this.log.warn({ err: error }, 'a try could not be taken off the count'))
  }
}

function tooMany(msBeforeNext: number): TooMuch {
  const minutes = Math.max(1, Math.ceil(msBeforeNext / 60_000))
  const words = `There were too many tries. Nothing is wrong with your account. Try again in ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`
  return new TooMuch(words, 429, Math.ceil(msBeforeNext / 1_000))
}
