import type { Request, Response } from 'express'
import { may } from '../access/may.ts'
import { Invalid } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import type { DeclaredSkillForm, ProfileForm } from './personForms.ts'
import { presentProfileForm, presentSkillsForm } from './profilePresenter.ts'

type Typed = Record<string, unknown>

export const profileHandlers = (services: Services) => {
  const { people, declaredSkills, teams, skills } = services

  async function showForm(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    const person = await people.editable(personOf(req), slugOfRequest(req))
    const again = typed !== undefined && res.statusCode === 409 ? { ...typed, opened: undefined } : typed
    res.page('people/form', await presentProfileForm(person, personOf(req), services, again, errors))
  }

  async function showSkillsForm(req: Request, res: Response, typed: Typed = {}, errors: Problems = {}) {
    const person = await people.editable(personOf(req), slugOfRequest(req))
    res.page('people/skills', await presentSkillsForm(person, personOf(req), services, typed, errors))
  }

  async function skillNamed(req: Request, name: string): Promise<string> {
    const found = await skills.called(name, personOf(req))
    if (found === undefined)
      throw new Invalid({ skill: `“${name}” is not in the skills vocabulary. Choose one of the list, or ask an administrator to add it` })
    return found._id
  }

  return {
    edit: (req: Request, res: Response) => showForm(req, res),
    editAgain: showForm,
    rolesAgain: (req: Request, res: Response, _typed: Typed, errors: Problems) => showForm(req, res, undefined, errors),
    editSkills: (req: Request, res: Response) => showSkillsForm(req, res),
    editSkillsAgain: showSkillsForm,

    async save(req: Request, res: Response, { teams: slugs, opened, ...fields }: ProfileForm) {
      const { slug, organisationId } = await people.editable(personOf(req), slugOfRequest(req))
      const chosen = (await teams.named({ slugs }, personOf(req))).filter(team => team.organisationId === organisationId)
      const keepsTeams = may(personOf(req), { verb: 'edit team', record: { organisationId } })
      const teamIds = keepsTeams ? { teamIds: chosen.map(({ _id }) => _id) } : {}
      const person = await people.change(personOf(req), slug, { ...fields, ...teamIds }, opened)
      res.say('The profile is saved.')
      res.redirect(303, `/people/${person.slug}`)
    },

    async declareSkill(req: Request, res: Response, { skill, level, lastUsed, willing }: DeclaredSkillForm) {
      const skillId = await skillNamed(req, skill)
      const declared = { skillId, level, willing, ...(lastUsed === undefined ? {} : { lastUsed }) }
      await declaredSkills.declare(personOf(req), slugOfRequest(req), declared)
      res.say('The skill is on the profile.')
      res.redirect(303, `/people/${slugOfRequest(req)}/skills`)
    },

    async dropSkill(req: Request, res: Response) {
      const [skill] = await skills.named({ slugs: [String(req.params.skill)] }, personOf(req))
      await declaredSkills.drop(personOf(req), slugOfRequest(req), skill?._id ?? '')
      res.say('The skill is off the profile.')
      res.redirect(303, `/people/${slugOfRequest(req)}/skills`)
    },

    async giveRoles(req: Request, res: Response, { roles }: { roles: Parameters<typeof people.giveRoles>[2] }) {
      const person = await people.giveRoles(personOf(req), slugOfRequest(req), roles)
      res.say('The roles are saved. They count from the next page that the person opens.')
      res.redirect(303, `/people/${person.slug}`)
    },
  }
}
