import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import { colleaguesNamed } from '../../knowledge/articles/colleaguesNamed.ts'
import type { Services } from '../../services.ts'
import { presentDay } from '../dayPresenter.ts'
import { capture } from './capture.ts'
import type { CaptureForm } from './captureForm.ts'
import type { ActionForm, BallotForm, DecisionForm, OpenVoteForm, PriorityForm } from './outputForms.ts'
import { presentProgramme } from './programmeOverview.ts'

export const outputHandlers = (services: Services) => {
  const { days, outputs, votes } = services
  const back = (req: Request, res: Response, said: string) => {
    res.say(said)
    res.redirect(303, `/days/${encodeURIComponent(slugOfRequest(req))}#outputs`)
  }

  return {
    async again(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const day = await days.readable(personOf(req), slugOfRequest(req))
      res.page('days/day', await presentDay(day, personOf(req), services, { typed, errors }))
    },

    async priority(req: Request, res: Response, { priority }: PriorityForm) {
      await outputs.addPriority(personOf(req), slugOfRequest(req), priority)
      back(req, res, 'The priority is kept.')
    },

    async decision(req: Request, res: Response, { decision, why = '', reviewOn }: DecisionForm) {
      await outputs.addDecision(personOf(req), slugOfRequest(req), { title: decision, why, reviewOn })
      back(req, res, 'The decision is kept.')
    },

    async action(req: Request, res: Response, { action, owner, due, serves }: ActionForm) {
      const person = personOf(req)
      const problems: Record<string, string> = {}
      const ids = await colleaguesNamed(owner, undefined, services, person, says => {
        problems.owner ??= says
      })
      if (ids.length > 1) problems.owner ??= 'Name one person: an action of two is an action of nobody'
      if (Object.keys(problems).length > 0) throw new Invalid(problems)
      const [named] = await services.people.named({ ids }, person)
      const given = named === undefined ? undefined : { id: named._id, organisationId: named.organisationId }
      await outputs.addAction(person, slugOfRequest(req), { title: action, due, owner: given, priorityId: serves })
      back(req, res, 'The action is kept.')
    },

    /** The address has no fragment: with one, browsers do not heed autofocus. */
    async capture(req: Request, res: Response, form: CaptureForm) {
      const day = await days.readable(personOf(req), slugOfRequest(req))
      await capture(personOf(req), day, form, services)
      res.say(`The ${form.kind} is kept: ${form.line}`)
      res.redirect(303, `/days/${encodeURIComponent(day.slug)}?captured=${form.kind}`)
    },

    async openVote(req: Request, res: Response, { dots }: OpenVoteForm) {
      await votes.open(personOf(req), slugOfRequest(req), dots)
      back(req, res, 'The vote is open.')
    },

    async vote(req: Request, res: Response, dots: BallotForm) {
      await votes.vote(personOf(req), slugOfRequest(req), dots)
      back(req, res, 'Your vote counts. You can change it until the vote is closed.')
    },

    async closeVote(req: Request, res: Response) {
      await votes.close(personOf(req), slugOfRequest(req))
      back(req, res, 'The vote is closed and counted.')
    },

    async programme(req: Request, res: Response) {
      res.page('programme/programme', await presentProgramme(personOf(req), services))
    },
  }
}
