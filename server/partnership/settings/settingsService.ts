import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { KnownSettings } from '../knownSettings.ts'
import type { KeptSetting, Setting, SettingId } from '../settingModel.ts'

/** What a form decides: undefined takes a field away. */
export type Decided = { [F in 'name' | 'colour' | 'logo' | 'help' | 'contact' | 'text' | 'requestDays']?: KeptSetting[F] | undefined }

interface Collaborators {
  known: KnownSettings
  clock: Clock
}

const changedMeanwhile =
  'Somebody else changed this while you were writing. What is saved now is shown below. Save again to replace it with yours.'

/** What administrators of the partnership decide, each with who changed it last, and when. */
export class SettingsService {
  private readonly settings: Models['settings']
  private readonly with: Collaborators

  constructor({ settings }: Pick<Models, 'settings'>, collaborators: Collaborators) {
    this.settings = settings
    this.with = collaborators
  }

  /** As it is kept now, in every process; empty when nobody has decided anything. */
  async find(id: SettingId): Promise<KeptSetting> {
    return (await this.settings.findById(id).lean<Setting>()) ?? {}
  }

  /**
   * One write decides between several administrators.
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one
   */
  async keep(keeper: SignedInPerson, id: SettingId, decided: Decided, opened: number): Promise<void> {
    if (!may(keeper, { verb: 'keep settings' })) throw new Forbidden('Only administrators of the partnership change its settings.')
    const entries = Object.entries(decided)
    const $set = { changedById: keeper.id, changedAt: this.with.clock.now(), ...present(entries) }
    const gone = entries.filter(([, value]) => value === undefined)
    const $unset = Object.fromEntries(gone.map(([field]) => [field, 1]))
    const change = { $set, $inc: { revision: 1 }, ...(gone.length > 0 ? { $unset } : {}) }
    const revision = opened === 0 ? { $exists: false } : opened
    try {
      // Of a record that is there with another revision, the insert is refused.
      await this.settings.updateOne({ _id: id, revision }, change, { upsert: true })
    } catch (error) {
      throw isTaken(error) ? new Conflict(changedMeanwhile) : error
    }
    await this.with.known.read()
  }
}

const present = (entries: [string, unknown][]) => Object.fromEntries(entries.filter(([, value]) => value !== undefined))
