import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, Invalid } from '../failures.ts'
import { newId } from '../storage/newId.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { AccountModels, FirstRun, Setting } from './accountModels.ts'
import type { Founding } from './founding.ts'
import { hashPassword, weaknessOf } from './passwords.ts'
import { hashOfToken, newToken } from './secretToken.ts'

export interface Beginning {
  token: string
  partnershipName: string
  organisationName: string
  name: string
  email: string
  password: string
}

const nameBefore = 'Skillpool'
const nameKeptMs = 60_000
const tokensKept = 5
const existsAlready = 'This Skillpool is set up already. Sign in, or ask its administrator for an invitation.'

/** The partnership itself: whether it is there, its name, and how it begins. */
export class PartnershipService {
  private readonly settings: AccountModels['settings']
  private readonly clock: Clock
  private readonly found: Founding
  private known: Setting | undefined
  private readAt = 0

  constructor({ settings }: Pick<AccountModels, 'settings'>, clock: Clock, found: Founding) {
    this.settings = settings
    this.clock = clock
    this.found = found
  }

  /** At most a minute old: another process may have changed it. */
  nameNow(): string {
    if (this.clock.now().getTime() - this.readAt > nameKeptMs) {
      this.readAt = this.clock.now().getTime()
      // What is known stays in use when the database does not answer; the next minute tries again.
      void this.load().catch(() => undefined)
    }
    return this.known?.name ?? nameBefore
  }

  /** Reads the partnership's name, and finishes a first run that was interrupted. */
  async load(): Promise<void> {
    const setting = await this.settings.findById('partnership').lean<Setting>()
    this.readAt = this.clock.now().getTime()
    this.known = setting ?? undefined
    if (setting?.firstRun !== undefined) await this.finish(setting.firstRun)
  }

  async exists(): Promise<boolean> {
    if (this.known === undefined) await this.load()
    return this.known !== undefined
  }

  /** @returns a token for the first-run page, to be printed at start; undefined when there is a partnership */
  async offerFirstRun(): Promise<string | undefined> {
    if (await this.exists()) return undefined
    const token = newToken()
    const remember = () =>
      this.settings.updateOne(
        { _id: 'first-run' },
        { $push: { tokenHashes: { $each: [hashOfToken(token)], $slice: -tokensKept } } },
        { upsert: true },
      )
    await remember().catch(error => (isTaken(error) ? remember() : Promise.reject(error)))
    return token
  }

  /** Whether this token opens the first-run page. */
  async offered(token: string): Promise<boolean> {
    if (await this.exists()) return false
    return (await this.settings.exists({ _id: 'first-run', tokenHashes: hashOfToken(token) })) !== null
  }

  /**
   * Makes the partnership, its first organisation and its first administrator. The one insert decides between several tries; what follows from it
   * is repeated until it is complete.
   */
  async begin({ token, partnershipName, password, ...first }: Beginning): Promise<void> {
    if (await this.exists()) throw new Conflict(existsAlready)
    if (!(await this.offered(token))) {
      // Somebody else may have been faster between the two looks.
      if (await this.exists()) throw new Conflict(existsAlready)
      throw new Forbidden('This address is not valid any more. Use the newest one that Skillpool printed at start.')
    }
    const weakness = weaknessOf(password, first.email)
    if (weakness !== undefined) throw new Invalid({ password: weakness })
    const firstRun: FirstRun = {
      organisationId: newId(),
      organisationName: first.organisationName,
      personId: newId(),
      personName: first.name,
      email: first.email,
      passwordHash: await hashPassword(password),
    }
    try {
      await this.settings.create({ _id: 'partnership', name: partnershipName, createdAt: this.clock.now(), firstRun })
    } catch (error) {
      throw isTaken(error) ? new Conflict(existsAlready) : error
    }
    await this.load()
  }

  private async finish(first: FirstRun): Promise<void> {
    await this.found(first)
    await this.settings.updateOne({ _id: 'partnership' }, { $unset: { firstRun: 1 } })
    await this.settings.deleteOne({ _id: 'first-run' })
  }
}
