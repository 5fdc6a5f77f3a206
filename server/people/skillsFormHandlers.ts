import type { Request, Response } from 'express'
import { Invalid } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { isProposable } from '../skills/proposals/skillProposals.ts'
import type { DeclaredSkillForm } from './personForms.ts'
import { quoted } from './quoted.ts'
import { presentSkillsForm } from './skillsFormPresenter.ts'

type Typed = Record<string, unknown>

export const skillsFormHandlers = (services: Services) => {
  const { people, declaredSkills, skills, skillProposals } = services

  async function show(req: Request, res: Response, typed: Typed = {}, errors: Problems = {}) {
    const person = await people.editable(personOf(req), slugOfRequest(req))
    res.page('people/skills', await presentSkillsForm(person, personOf(req), services, typed, errors))
  }

  return {
    edit: (req: Request, res: Response) => show(req, res),
    editAgain: show,

    async declare(req: Request, res: Response, { skill: text, propose, group, why, ...how }: DeclaredSkillForm) {
      const editor = personOf(req)
      const person = await people.editable(editor, slugOfRequest(req))
      const { known, unknown } = await skills.typed(text, editor)
      if (unknown.length > 0 && (propose === undefined || !unknown.every(isProposable))) throw new Invalid({ skill: notKnown(unknown) })
      const { level, willing, lastUsed } = how
      const declared = { level, willing, ...(lastUsed === undefined ? {} : { lastUsed }) }
      const ids = known.map(({ _id }) => _id)
      await declaredSkills.declare(editor, person.slug, ids, declared)
      const about = { ...declared, ...(group === undefined ? {} : { group }), ...(why === undefined ? {} : { why }) }
      for (const name of unknown) await skillProposals.propose(editor, person, { name, ...about })
      res.say(said(known.length, unknown))
      res.redirect(303, `/people/${person.slug}/skills`)
    },

    async drop(req: Request, res: Response) {
      const named = String(req.params.skill)
      const [skill] = await skills.named({ slugs: [named] }, personOf(req))
      await declaredSkills.drop(personOf(req), slugOfRequest(req), skill?._id ?? named)
      res.say('The skill is off the profile.')
      res.redirect(303, `/people/${slugOfRequest(req)}/skills`)
    },
  }
}

const notKnown = ([first = '', ...others]: readonly string[]) =>
  others.length === 0
    ? `“${first}” is not in the skills vocabulary. Choose one of it, or propose yours below`
    : `${quoted([first, ...others])} are not in the skills vocabulary. Choose some of it, or propose yours below`

function said(known: number, unknown: readonly string[]): string {
  const proposed = `${quoted(unknown)} ${unknown.length === 1 ? 'is' : 'are'} proposed. The administrators decide; you see here what they say.`
  if (unknown.length === 0) return known === 1 ? 'The skill is on the profile.' : `${known} skills are on the profile.`
  if (known === 0) return proposed
  return `${known === 1 ? 'One skill is' : `${known} skills are`} on the profile. ${proposed}`
}
