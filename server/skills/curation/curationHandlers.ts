import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentCuration } from './curationPresenter.ts'

export const curationHandlers = (services: Services) => ({
  async show(req: Request, res: Response) {
    res.page('skills/curation/index', await presentCuration(personOf(req), services))
  },

  async showAgain(req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) {
    res.page('skills/curation/index', { ...(await presentCuration(personOf(req), services)), errors })
  },
})
