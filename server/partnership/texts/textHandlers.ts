import type { Request, Response } from 'express'
import { NotFound } from '../../failures.ts'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { isTextName, publicTexts, type TextName } from './publicTexts.ts'
import type { DefaultTextForm, TextForm } from './textForms.ts'
import { presentText, presentTextForm } from './textPresenter.ts'

export const textHandlers = ({ texts, people }: Services) => {
  const nameOf = (req: Request): TextName => {
    const name = String(req.params.text)
    if (!isTextName(name)) throw new NotFound('There is no such text. The settings list them.')
    return name
  }

  async function edit(req: Request, res: Response, more: { typed?: Record<string, unknown>; errors?: Problems; preview?: string } = {}) {
    const kept = await texts.find(nameOf(req))
    const changedBy = kept.changedById === undefined ? undefined : (await people.byId(kept.changedById))?.name
    const isConflict = res.statusCode === 409
    res.page('partnership/textForm', presentTextForm(nameOf(req), { kept, changedBy, isConflict, ...more }))
  }

  return {
    show: (name: TextName) => async (_req: Request, res: Response) =>
      res.page('partnership/text', presentText(name, await texts.find(name))),

    edit: (req: Request, res: Response) => edit(req, res),
    editAgain: (req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) => edit(req, res, { typed, errors }),

    async save(req: Request, res: Response, form: TextForm) {
      const { text, as, revision } = form
      if (as === 'preview') return edit(req, res, { typed: { ...form }, preview: text })
      await texts.keep(personOf(req), nameOf(req), text, revision)
      res.say(`${publicTexts[nameOf(req)].title}: the text is saved, and everybody reads it now.`)
      res.redirect(303, '/admin/settings#texts')
    },

    async restoreDefault(req: Request, res: Response, { revision }: DefaultTextForm) {
      await texts.restoreDefault(personOf(req), nameOf(req), revision)
      res.say(`${publicTexts[nameOf(req)].title}: the text that Skillpool comes with is shown again.`)
      res.redirect(303, '/admin/settings#texts')
    },
  }
}
