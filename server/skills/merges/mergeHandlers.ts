import type { Request, Response } from 'express'
import { Invalid } from '../../failures.ts'
import { personOf } from '../../http/guards.ts'
import { type Problems, parseForm } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { type MergeForm, pairForm } from './mergeForms.ts'
import { presentMerge, presentPairForm, presentPreview } from './mergePresenter.ts'
import { changedMeanwhile } from './mergeSteps.ts'
import type { MergePair } from './skillMerges.ts'

type Typed = Record<string, unknown>
const idOf = (req: Request) => String(req.params.id)

export const mergeHandlers = (services: Services) => {
  const { skillMerges } = services

  async function preview(req: Request, res: Response, typed: Typed, errors: Problems = {}) {
    const found = await pairOf(req, typed)
    if (found instanceof Invalid) {
      if (res.statusCode === 200) res.status(422)
      return res.page('skills/curation/pair', presentPairForm(typed, { ...found.problems, ...errors }))
    }
    res.page('skills/curation/preview', await presentPreview(found, personOf(req), services, errors))
  }

  async function pairOf(req: Request, typed: Typed): Promise<MergePair | Invalid> {
    try {
      return await skillMerges.pair(personOf(req), parseForm(pairForm, typed))
    } catch (error) {
      if (error instanceof Invalid) return error
      throw error
    }
  }

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const merge = await skillMerges.find(personOf(req), idOf(req))
    res.page('skills/curation/merge', await presentMerge(merge, personOf(req), services, errors))
  }

  return {
    async preview(req: Request, res: Response) {
      const { merged, kept } = req.query
      if (merged === undefined && kept === undefined) return res.page('skills/curation/pair', presentPairForm({}, {}))
      await preview(req, res, { merged, kept })
    },
    previewAgain: preview,

    async merge(req: Request, res: Response, { opened, ...names }: MergeForm) {
      const pair = await pairOf(req, names)
      if (pair instanceof Invalid) throw opened === '' ? pair : changedMeanwhile()
      const { _id } = await skillMerges.merge(personOf(req), pair, opened)
      res.redirect(303, `/admin/skills/merges/${_id}`)
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response, _typed: Typed, errors: Problems) => show(req, res, errors),

    async undo(req: Request, res: Response) {
      const { _id } = await skillMerges.undo(personOf(req), idOf(req))
      res.redirect(303, `/admin/skills/merges/${_id}`)
    },
  }
}
