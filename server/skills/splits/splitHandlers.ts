import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { personOf } from '../../http/guards.ts'
import { type Problems, parseForm } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { PlannedSplit } from './skillSplits.ts'
import { chosenRecords, type DecidedSplitForm, splitForm } from './splitForms.ts'
import { presentSplit, presentSplitForm, presentSplitPreview, splitsPage } from './splitPresenter.ts'
import { changedMeanwhile } from './splitSteps.ts'

type Typed = Record<string, unknown>
const idOf = (req: Request) => String(req.params.id)

export const splitHandlers = (services: Services) => {
  const { skillSplits } = services

  async function preview(req: Request, res: Response, typed: Typed, errors: Problems = {}) {
    const plan = await planOf(req, typed)
    if (plan instanceof Invalid) {
      if (res.statusCode === 200) res.status(422)
      return res.page('skills/curation/splitForm', presentSplitForm(typed, { ...plan.problems, ...errors }))
    }
    res.page('skills/curation/splitPreview', await presentSplitPreview(plan, personOf(req), services, typed, errors))
  }

  async function planOf(req: Request, typed: Typed): Promise<PlannedSplit | Invalid> {
    try {
      return await skillSplits.plan(personOf(req), parseForm(splitForm, typed))
    } catch (error) {
      if (error instanceof Invalid) return error
      throw error
    }
  }

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const split = await skillSplits.find(personOf(req), idOf(req))
    res.page('skills/curation/split', await presentSplit(split, personOf(req), services, errors))
  }

  return {
    async preview(req: Request, res: Response) {
      const { name, again } = req.query
      if (name === undefined || again !== undefined) return res.page('skills/curation/splitForm', presentSplitForm(req.query, {}))
      await preview(req, res, req.query)
    },
    previewAgain: preview,

    async split(req: Request, res: Response, form: DecidedSplitForm) {
      const plan = await planOf(req, req.body)
      if (plan instanceof Invalid) throw form.opened === '' ? plan : changedMeanwhile()
      const { _id } = await skillSplits.split(personOf(req), plan, chosenRecords(form), form.opened)
      res.redirect(303, `${splitsPage}/${_id}`)
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Typed, errors: Problems) => show(req, res, errors),

    async undo(req: Request, res: Response) {
      await skillSplits.undo(personOf(req), idOf(req))
      res.redirect(303, `${splitsPage}/${idOf(req)}`)
    },
  }
}
