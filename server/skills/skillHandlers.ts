import type { Request, Response } from 'express'
import { may } from '../access/may.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import { pageNumber } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import { presentFollowButton } from '../notifications/followingPresenter.ts'
import type { Services } from '../services.ts'
import type { SkillForm } from './skillForms.ts'
import { presentSkill, presentSkillForm, presentSkillGroups } from './skillPresenter.ts'
import { suggestSkills } from './skillSuggestions.ts'
import { skillVersionOf } from './skillVersion.ts'

const pageSize = 20
const mostCounted = 50

export const skillHandlers = (services: Services) => {
  const { skills, skillKeeping, people, search, feedAddresses, following } = services

  return {
    async list(req: Request, res: Response) {
      const reader = personOf(req)
      const [all, declared] = await Promise.all([skills.list(reader), search.mostFrequent(reader, 'person', 'skill', mostCounted)])
      res.page('skills/list', { title: 'Skills', groups: presentSkillGroups(all, declared), mayKeep: may(reader, { verb: 'keep skills' }) })
    },

    async suggest(req: Request, res: Response) {
      const typed = typeof req.query.q === 'string' ? req.query.q.slice(0, 100) : ''
      const suggestions = suggestSkills(typed, await skills.list(personOf(req)))
      res.set('Cache-Control', 'private, no-cache').json({ suggestions })
    },

    async show(req: Request, res: Response) {
      const reader = personOf(req)
      const skill = await skills.bySlug(reader, slugOfRequest(req))
      if (skill.slug !== slugOfRequest(req)) return res.redirect(`/skills/${skill.slug}`)
      const page = pageNumber(req.query.page)
      const listed = await people.list(reader, { skillId: skill._id }, { from: (page - 1) * pageSize, size: pageSize })
      const feedHref = await feedAddresses.addressOf(reader, `/skills/${skill.slug}`)
      const follow = await presentFollowButton(following, reader, 'skill', skill)
      res.page('skills/skill', { ...(await presentSkill(skill, { ...listed, page, pageSize }, reader, services)), feedHref, follow })
    },

    startNew(_req: Request, res: Response) {
      res.page('skills/form', presentSkillForm({}))
    },

    async create(req: Request, res: Response, form: SkillForm) {
      const { slug } = await skillKeeping.create(personOf(req), form)
      res.say('The skill is in the vocabulary.')
      res.redirect(303, `/skills/${slug}`)
    },

    newAgain(_req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('skills/form', presentSkillForm(typed, errors))
    },

    async edit(req: Request, res: Response) {
      const skill = await skills.bySlug(personOf(req), slugOfRequest(req))
      if (skill.slug !== slugOfRequest(req)) return res.redirect(`/skills/${skill.slug}/edit`)
      res.page('skills/form', presentSkillForm({ ...skill, aliases: skill.aliases.join(', '), opened: skillVersionOf(skill) }, {}, skill))
    },

    async save(req: Request, res: Response, form: SkillForm) {
      const { slug } = await skillKeeping.change(personOf(req), slugOfRequest(req), form)
      res.say('The skill is saved.')
      res.redirect(303, `/skills/${slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const skill = await skills.bySlug(personOf(req), slugOfRequest(req))
      const opened = res.statusCode === 409 ? skillVersionOf(skill) : typed.opened
      res.page('skills/form', presentSkillForm({ ...typed, opened }, errors, skill))
    },
  }
}
