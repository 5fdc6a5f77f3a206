import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { SkillForm } from '../skillForms.ts'
import type { AliasForm, DeclineForm } from './proposalForms.ts'
import { presentProposal } from './proposalPresenter.ts'

const idOf = (req: Request) => String(req.params.id)

export const proposalHandlers = (services: Services) => {
  const { skillProposals, proposalDecisions } = services

  async function show(req: Request, res: Response, typed: Record<string, unknown> = {}, errors: Problems = {}) {
    const proposal = await skillProposals.find(personOf(req), idOf(req))
    res.page('skills/curation/proposal', await presentProposal(proposal, personOf(req), services, typed, errors))
  }

  function done(res: Response, text: string) {
    res.say(text)
    res.redirect(303, '/admin/skills')
  }

  return {
    show: (req: Request, res: Response) => show(req, res),
    showAgain: show,

    async accept(req: Request, res: Response, form: SkillForm) {
      await proposalDecisions.accept(personOf(req), idOf(req), form)
      done(res, `“${form.name}” is in the vocabulary, and on the profiles of those who proposed it.`)
    },

    async acceptAsAlias(req: Request, res: Response, { skill }: AliasForm) {
      const { name } = await proposalDecisions.acceptAsAlias(personOf(req), idOf(req), skill)
      done(res, `“${name}” is another name for ${skill}, which is on the profiles of those who proposed it.`)
    },

    async decline(req: Request, res: Response, { reason }: DeclineForm) {
      const { name } = await proposalDecisions.decline(personOf(req), idOf(req), reason)
      done(res, `“${name}” is declined. Those who proposed it see why.`)
    },
  }
}
