import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { SettingForm } from './settingsForms.ts'
import { presentSettings, type Refused, settingsPage } from './settingsPresenter.ts'
import type { SettingSection } from './settingsSections.ts'

export const settingsHandlers = (services: Services) => ({
  async show(_req: Request, res: Response) {
    res.page('partnership/settings', await presentSettings(services))
  },

  save:
    ({ id, saved }: SettingSection) =>
    async (req: Request, res: Response, { decided, revision }: SettingForm) => {
      await services.settings.keep(personOf(req), id, decided, revision)
      res.say(saved)
      res.redirect(303, `${settingsPage}#${id}`)
    },

  saveAgain:
    ({ id }: Pick<Refused, 'id'>) =>
    async (_req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) => {
      res.page('partnership/settings', await presentSettings(services, { id, typed, errors, isConflict: res.statusCode === 409 }))
    },
})
