import type { Request, Response } from 'express'
import type { z } from 'zod'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { synonymForm } from './synonymForms.ts'
import { presentSynonymForm, presentSynonyms, synonymsPage } from './synonymPresenter.ts'

type SynonymForm = z.infer<typeof synonymForm>
type Typed = Record<string, unknown>

const idOf = (req: Request) => String(req.params.id)
const everywhere = 'Searches find them within a few seconds.'

export const synonymHandlers = (services: Services) => {
  const { synonyms } = services

  async function list(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    res.page('search/synonyms', await presentSynonyms(personOf(req), services, typed, errors))
  }

  async function edit(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    res.page(
      'search/synonymForm',
      presentSynonymForm(await synonyms.find(idOf(req)), { typed, errors, isConflict: res.statusCode === 409 }),
    )
  }

  function done(res: Response, text: string) {
    res.say(text)
    res.redirect(303, synonymsPage)
  }

  return {
    list: (req: Request, res: Response) => list(req, res),
    listAgain: list,
    edit: (req: Request, res: Response) => edit(req, res),
    editAgain: edit,

    async add(req: Request, res: Response, { wordings }: SynonymForm) {
      await synonyms.add(personOf(req), wordings)
      done(res, `${wordings.join(', ')}: these mean the same now. ${everywhere}`)
    },

    async change(req: Request, res: Response, { wordings, revision }: SynonymForm) {
      await synonyms.change(personOf(req), idOf(req), wordings, revision)
      done(res, `Saved: ${wordings.join(', ')}. ${everywhere}`)
    },

    async remove(req: Request, res: Response) {
      await synonyms.remove(personOf(req), idOf(req))
      done(res, 'The group is removed: its words are searched for as they are typed.')
    },
  }
}
