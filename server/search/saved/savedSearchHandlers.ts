import type { Request, Response } from 'express'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { questionOf } from '../question/questionAddress.ts'
import { queryOf } from './savedQuestion.ts'
import type { ChangedSearchForm, LookedForm, SavedSearchForm } from './savedSearchForms.ts'
import { listPage, presentChangeForm, presentNewForm, presentNewMatches, presentSavedSearches } from './savedSearchPresenter.ts'

type Typed = Record<string, unknown>
const idOf = (req: Request) => String(req.params.id)

const told = {
  none: '',
  daily: ' Your home page tells you of new matches, once a day.',
  weekly: ' Your home page tells you of new matches, once a week.',
}

export const savedSearchHandlers = (services: Services) => {
  const { savedSearches, search } = services

  async function startNew(req: Request, res: Response, typed: Typed, errors: Problems = {}) {
    res.page('search/saved/form', await presentNewForm(personOf(req), services, typed, errors))
  }

  async function edit(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    const saved = await savedSearches.find(personOf(req), idOf(req))
    res.page('search/saved/form', await presentChangeForm(saved, personOf(req), services, typed ?? { ...saved }, errors))
  }

  async function show(req: Request, res: Response) {
    const saved = await savedSearches.find(personOf(req), idOf(req))
    res.page('search/saved/matches', await presentNewMatches(saved, personOf(req), services))
  }

  return {
    async list(req: Request, res: Response) {
      const saved = await savedSearches.list(personOf(req))
      res.page('search/saved/list', await presentSavedSearches(saved, personOf(req), services))
    },

    startNew: (req: Request, res: Response) => startNew(req, res, { query: queryOf(questionOf(req.query, search).question) ?? '' }),
    newAgain: startNew,
    edit: (req: Request, res: Response) => edit(req, res),
    editAgain: edit,

    async save(req: Request, res: Response, form: SavedSearchForm) {
      const { name, alert } = await savedSearches.save(personOf(req), form)
      res.say(`“${name}” is saved.${told[alert]}`)
      res.redirect(303, listPage)
    },

    show: (req: Request, res: Response) => show(req, res),
    showAgain: (req: Request, res: Response) => show(req, res),

    /** Sent by the page's script, or by its button. */
    async looked(req: Request, res: Response, { found }: LookedForm) {
      const saved = await savedSearches.find(personOf(req), idOf(req))
      await savedSearches.open(personOf(req), saved._id, found)
      res.redirect(303, listPage)
    },

    async change(req: Request, res: Response, form: ChangedSearchForm) {
      await savedSearches.change(personOf(req), idOf(req), form)
      res.say(`“${form.name}” is changed.${told[form.alert]}`)
      res.redirect(303, listPage)
    },

    async remove(req: Request, res: Response) {
      const { name } = await savedSearches.find(personOf(req), idOf(req))
      await savedSearches.remove(personOf(req), idOf(req))
      res.say(`“${name}” is removed.`)
      res.redirect(303, listPage)
    },
  }
}
