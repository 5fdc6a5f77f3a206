import type { Founding } from '../accounts/founding.ts'
import { hashPassword, weaknessOf } from '../accounts/passwords.ts'
import { hashOfToken, newToken } from '../accounts/secretToken.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, Invalid } from '../failures.ts'
import { newId } from '../storage/newId.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { KnownSettings } from './knownSettings.ts'
import type { FirstRun, Setting, SettingModels } from './settingModel.ts'
import { signInSecret } from './signInSecret.ts'

export interface Beginning {
  token: string
  partnershipName: string
  organisationName: string
  name: string
  email: string
  password: string
}

const tokensKept = 5
const existsAlready = 'This Skillpool is set up already. Sign in, or ask its administrator for an invitation.'

interface Collaborators {
  known: KnownSettings
  clock: Clock
  found: Founding
}

/** The partnership itself: whether it is there, its name, and how it begins. */
export class PartnershipService {
  private readonly settings: SettingModels['settings']
  private readonly with: Collaborators

  constructor({ settings }: SettingModels, collaborators: Collaborators) {
    this.settings = settings
    this.with = collaborators
  }

  nameNow(): string {
    return this.with.known.now().name
  }

  /** Reads what is known of the partnership, and finishes a first run that was interrupted. */
  async load(): Promise<void> {
    await this.with.known.read()
    if (this.with.known.now().exists) return
    const setting = await this.settings.findById('partnership').lean<Setting>()
    if (setting?.firstRun === undefined) return
    await this.finish(setting.firstRun)
    await this.with.known.read()
  }

  async exists(): Promise<boolean> {
    if (!this.with.known.now().exists) await this.load()
    return this.with.known.now().exists
  }

  /** The secret that signs the cookies. */
  signInSecret(): Promise<string> {
    return signInSecret(this.settings)
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
      await this.settings.create({ _id: 'partnership', name: partnershipName, createdAt: this.with.clock.now(), firstRun })
    } catch (error) {
      throw isTaken(error) ? new Conflict(existsAlready) : error
    }
    await this.load()
  }

  private async finish(first: FirstRun): Promise<void> {
    await this.with.found(first)
    await this.settings.updateOne({ _id: 'partnership' }, { $unset: { firstRun: 1 } })
    await this.settings.deleteOne({ _id: 'first-run' })
  }
}
