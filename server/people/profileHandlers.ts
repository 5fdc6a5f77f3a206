import type { Request, Response } from 'express'
import { may } from '../access/may.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { ProfileForm } from './personForms.ts'
import { presentProfileForm } from './profilePresenter.ts'

type Typed = Record<string, unknown>

export const profileHandlers = (services: Services) => {
  const { people, teams } = services

  async function showForm(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    const person = await people.editable(personOf(req), slugOfRequest(req))
    const again = typed !== undefined && res.statusCode === 409 ? { ...typed, opened: undefined } : typed
    res.page('people/form', await presentProfileForm(person, personOf(req), services, again, errors))
  }

  return {
    edit: (req: Request, res: Response) => showForm(req, res),
    editAgain: showForm,
    rolesAgain: (req: Request, res: Response, _typed: Typed, errors: Problems) => showForm(req, res, undefined, errors),

    async save(req: Request, res: Response, { teams: slugs, opened, ...fields }: ProfileForm) {
      const { slug, organisationId } = await people.editable(personOf(req), slugOfRequest(req))
      const chosen = (await teams.named({ slugs }, personOf(req))).filter(team => team.organisationId === organisationId)
      const keepsTeams = may(personOf(req), { verb: 'edit team', record: { organisationId } })
      const teamIds = keepsTeams ? { teamIds: chosen.map(({ _id }) => _id) } : {}
      const person = await people.change(personOf(req), slug, { ...fields, ...teamIds }, opened)
      res.say('The profile is saved.')
      res.redirect(303, `/people/${person.slug}`)
    },

    async giveRoles(req: Request, res: Response, { roles }: { roles: Parameters<typeof people.giveRoles>[2] }) {
      const person = await people.giveRoles(personOf(req), slugOfRequest(req), roles)
      res.say('The roles are saved. They count from the next page that the person opens.')
      res.redirect(303, `/people/${person.slug}`)
    },
  }
}
