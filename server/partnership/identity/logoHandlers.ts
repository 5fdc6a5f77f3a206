import type { Request, Response } from 'express'
import { z } from 'zod'
import { sendFile } from '../../files/sendFile.ts'
import { fileOf } from '../../files/uploadedFile.ts'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { logoField } from './logos.ts'

const settingsPage = '/admin/settings#logo'

/** The revision that was opened. */
export const logoForm = z.object({ revision: z.coerce.number().int().min(0).catch(0) })
type LogoForm = z.infer<typeof logoForm>

export const logoHandlers = ({ logos, files }: Services) => ({
  async show(req: Request, res: Response) {
    await sendFile(req, res, files, { ...(await logos.shown(String(req.params.version))), isForEverybody: true })
  },

  async change(req: Request, res: Response, { revision }: LogoForm) {
    await logos.change(personOf(req), fileOf(req, res, logoField).buffer, revision)
    res.say('The logo is saved. Everybody sees it within a few seconds.')
    res.redirect(303, settingsPage)
  },

  async remove(req: Request, res: Response, { revision }: LogoForm) {
    await logos.remove(personOf(req), revision)
    res.say('The logo is removed. The name stands in the header alone.')
    res.redirect(303, settingsPage)
  },
})
