import type { Request, Response } from 'express'
import type { z } from 'zod'
import { personOf } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { pinForm } from './pinForms.ts'
import { pinsPage, presentPinForm, presentPins } from './pinPresenter.ts'

type PinForm = z.infer<typeof pinForm>
type Typed = Record<string, unknown>

const idOf = (req: Request) => String(req.params.id)

export const pinHandlers = (services: Services) => {
  const { pins } = services

  async function list(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    res.page('search/pins', await presentPins(personOf(req), services, typed, errors))
  }

  async function edit(req: Request, res: Response, typed?: Typed, errors: Problems = {}) {
    const pin = await pins.find(idOf(req))
    res.page('search/pinForm', await presentPinForm(personOf(req), pin, services, { typed, errors, isConflict: res.statusCode === 409 }))
  }

  function done(res: Response, text: string) {
    res.say(text)
    res.redirect(303, pinsPage)
  }

  return {
    list: (req: Request, res: Response) => list(req, res, { queries: req.query.queries }),
    listAgain: list,
    edit: (req: Request, res: Response) => edit(req, res),
    editAgain: edit,

    async add(req: Request, res: Response, { queries, pages }: PinForm) {
      await pins.add(personOf(req), { queries, pages })
      done(res, `Pinned to ${queries.join(', ')}. Searches show it within a few seconds.`)
    },

    async change(req: Request, res: Response, { queries, pages, unseen, revision }: PinForm) {
      await pins.change(personOf(req), idOf(req), { queries, pages, dropsUnseen: unseen === 'off' }, revision)
      done(res, `Saved: what is pinned to ${queries.join(', ')}. Searches show it within a few seconds.`)
    },

    async remove(req: Request, res: Response) {
      await pins.remove(personOf(req), idOf(req))
      done(res, 'The pin is removed: its pages stand among the results as others do.')
    },
  }
}
