import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Services } from '../services.ts'
import { presentSections } from './sectionPresenter.ts'

export const profileHandlers = (services: Services) => ({
  async edit(req: Request, res: Response) {
    const person = await services.people.editable(personOf(req), slugOfRequest(req))
    res.page('people/edit', await presentSections(person, personOf(req), services))
  },
})
