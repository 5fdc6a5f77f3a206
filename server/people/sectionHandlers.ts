import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { TeamsForm } from './personForms.ts'
import type { Changeable } from './profileChange.ts'
import type { ProfileSection } from './profileSections.ts'
import { presentSection, presentTeams } from './sectionPresenter.ts'

type Typed = Record<string, unknown>
type Profile = Awaited<ReturnType<Services['people']['editable']>>

export const sectionHandlers = (services: Services) => {
  const { people, teamMemberships } = services

  const form = (show: (person: Profile, req: Request, typed?: Typed, errors?: Problems) => Promise<{ title: string }>) => {
    async function edit(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
      const person = await people.editable(personOf(req), slugOfRequest(req))
      // After a Conflict the next try is about what is saved now.
      const again = typed !== undefined && res.statusCode === 409 ? { ...typed, opened: undefined } : typed
      res.page('people/section', await show(person, req, again, errors))
    }
    return { edit: (req: Request, res: Response) => edit(req, res), editAgain: edit }
  }

  function saved(res: Response, { slug }: Profile) {
    res.say('The profile is saved.')
    res.redirect(303, `/people/${slug}`)
  }

  return {
    section: (section: ProfileSection) => ({
      ...form(async (person, _req, typed, errors) => presentSection(section, person, typed, errors)),
      async save(req: Request, res: Response, { opened, ...fields }: Changeable & { opened: string }) {
        saved(res, await people.change(personOf(req), slugOfRequest(req), fields, opened))
      },
    }),

    teams: {
      ...form((person, req, typed, errors) => presentTeams(person, personOf(req), services, typed, errors)),
      async save(req: Request, res: Response, { teams, opened }: TeamsForm) {
        saved(res, await teamMemberships.change(personOf(req), slugOfRequest(req), teams, opened))
      },
    },
  }
}
