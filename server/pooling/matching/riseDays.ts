import type { SettingsService } from '../../partnership/settings/settingsService.ts'

/** To whom a request rises that nobody answers, in this order. */
export const riseSteps = ['skill holders', 'contacts', 'coordinators'] as const
export type Rise = (typeof riseSteps)[number]

export const usualRiseDays = [2, 5, 10] as const

/** After how many days each time, as the administrators of the partnership decide. */
export class RiseDays {
  private readonly settings: Pick<SettingsService, 'find'>

  constructor(settings: Pick<SettingsService, 'find'>) {
    this.settings = settings
  }

  async now(): Promise<Readonly<Record<Rise, number>>> {
    const { requestDays = usualRiseDays } = await this.settings.find('requests')
    const [holders = 2, contacts = 5, coordinators = 10] = requestDays
    return { 'skill holders': holders, contacts, coordinators }
  }
}
