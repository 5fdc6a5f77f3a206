import type { Clock } from '../clock.ts'
import { identityStyleAddress } from './identity/identityStyle.ts'
import type { Help, Logo, Setting, SettingModels } from './settingModel.ts'

/** What every page shows of the partnership. */
export interface Known {
  /** Whether there is a partnership, with its first administrator. */
  exists: boolean
  name: string
  /** The address of the style sheet of its colour; absent for the site's own. */
  style?: string
  logo?: Logo
  help?: Help
}

const keptMs = 2_000
const onEveryPage = ['partnership', 'logo', 'help'] as const
export const nameBefore = 'Skillpool'

/** The settings as they were a moment ago: every process reads them again before it answers, at most every two seconds. */
export class KnownSettings {
  private readonly settings: SettingModels['settings']
  private readonly clock: Clock
  private known: Known = { exists: false, name: nameBefore }
  private readAt: number | undefined
  private begun = 0
  private shown = 0
  private reading: Promise<void> | undefined

  constructor({ settings }: SettingModels, clock: Clock) {
    this.settings = settings
    this.clock = clock
  }

  /** What was read last: asks no database, so that pages about its absence can use it. */
  now(): Known {
    return this.known
  }

  /** Reads them when they are too old; several who ask at once share one look. */
  async refresh(): Promise<void> {
    const age = this.readAt === undefined ? Number.POSITIVE_INFINITY : Math.abs(this.clock.now().getTime() - this.readAt)
    if (age < keptMs) return
    this.reading ??= this.read().finally(() => {
      this.reading = undefined
    })
    await this.reading
  }

  /** Reads them now. Whoever began to read before, and ends afterwards, changes nothing: what they read may be older. */
  async read(): Promise<void> {
    const turn = ++this.begun
    const begunAt = this.clock.now().getTime()
    const found = await this.settings.find({ _id: { $in: onEveryPage } }).lean<Setting[]>()
    if (turn < this.shown) return
    this.shown = turn
    const of = (id: (typeof onEveryPage)[number]) => found.find(({ _id }) => _id === id)
    const [partnership, logo, help] = [of('partnership'), of('logo')?.logo, of('help')?.help]
    this.known = {
      exists: partnership !== undefined && partnership.firstRun === undefined,
      name: partnership?.name ?? nameBefore,
      ...(partnership?.colour === undefined ? {} : { style: identityStyleAddress(partnership.colour) }),
      ...(logo === undefined ? {} : { logo }),
      ...(help === undefined ? {} : { help }),
    }
    this.readAt = begunAt
  }
}
