import type { SignedInPerson } from '../../access/accessTokens.ts'
import { signInCookie } from '../../accounts/signInCookie.ts'
import type { Config } from '../../config.ts'
import type { KnownSettings } from '../knownSettings.ts'
import type { SettingsService } from '../settings/settingsService.ts'
import { defaultText, type TextName } from './publicTexts.ts'

export interface PublicText {
  /** Markdown. */
  text: string
  isDefault: boolean
  revision: number
  changedAt?: Date
  changedById?: string
}

interface Collaborators {
  settings: SettingsService
  known: KnownSettings
  config: Config
}

/** Texts about the site: the partnership's own, or those that Skillpool comes with. */
export class TextService {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  async find(name: TextName): Promise<PublicText> {
    const { text, revision = 0, changedAt, changedById } = await this.with.settings.find(name)
    return {
      text: text ?? this.default(name),
      isDefault: text === undefined,
      revision,
      ...(changedAt === undefined ? {} : { changedAt }),
      ...(changedById === undefined ? {} : { changedById }),
    }
  }

  default(name: TextName): string {
    return defaultText(name, this.with.known.now(), signInCookie(this.with.config).name)
  }

  /** @throws Conflict when somebody else was faster */
  keep(keeper: SignedInPerson, name: TextName, text: string, opened: number): Promise<void> {
    return this.with.settings.keep(keeper, name, { text }, opened)
  }

  /** Back to the text that Skillpool comes with. @throws Conflict */
  restoreDefault(keeper: SignedInPerson, name: TextName, opened: number): Promise<void> {
    return this.with.settings.keep(keeper, name, { text: undefined }, opened)
  }
}
