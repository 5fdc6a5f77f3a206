import type { Clock } from '../clock.ts'
import { FreshlyRead } from '../storage/freshlyRead.ts'
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

const onEveryPage = ['partnership', 'logo', 'help'] as const
export const nameBefore = 'Skillpool'

/** The settings as they were a moment ago: every process reads them again before it answers, at most every two seconds. */
export class KnownSettings {
  private readonly known: FreshlyRead<Known>

  constructor({ settings }: SettingModels, clock: Clock) {
    const look = async () => knownFrom(await settings.find({ _id: { $in: onEveryPage } }).lean<Setting[]>())
    this.known = new FreshlyRead(look, clock)
  }

  /** What was read last: asks no database, so that pages about its absence can use it. */
  now(): Known {
    return this.known.last ?? { exists: false, name: nameBefore }
  }

  /** Reads them when they are too old. */
  async refresh(): Promise<void> {
    await this.known.value()
  }

  /** Reads them now. */
  async read(): Promise<void> {
    await this.known.read()
  }
}

function knownFrom(found: readonly Setting[]): Known {
  const of = (id: (typeof onEveryPage)[number]) => found.find(({ _id }) => _id === id)
  const [partnership, logo, help] = [of('partnership'), of('logo')?.logo, of('help')?.help]
  return {
    exists: partnership !== undefined && partnership.firstRun === undefined,
    name: partnership?.name ?? nameBefore,
    ...(partnership?.colour === undefined ? {} : { style: identityStyleAddress(partnership.colour) }),
    ...(logo === undefined ? {} : { logo }),
    ...(help === undefined ? {} : { help }),
  }
}
