import type { Request, Response } from 'express'
import { Conflict, NotFound } from '../failures.ts'
import { personOf, slugOfRequest } from '../http/guards.ts'
import { pageNumber } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { dayContent } from './dayContent.ts'
import { newDay, nextDay, presentDayForm, typedDay } from './dayFormPresenter.ts'
import type { DayForm } from './dayForms.ts'
import { presentDay, presentDayList } from './dayPresenter.ts'
import { type DayStep, stepOfId } from './dayStates.ts'

const pageSize = 20
const said: Record<DayStep, string> = {
  publish: 'The day is published. Those who follow your organisation are told.',
  cancel: 'The day is cancelled. Those who registered are told.',
  'take up again': 'The day takes place after all. Those who registered are told.',
}

export const dayHandlers = (services: Services) => {
  const { days } = services

  return {
    async list(req: Request, res: Response) {
      const page = pageNumber(req.query.page)
      const when = req.query.when === 'past' ? 'past' : 'coming'
      const found = await days.list(personOf(req), when, { from: (page - 1) * pageSize, size: pageSize })
      res.page('days/list', await presentDayList({ ...found, when, page, pageSize }, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      const { captured } = req.query
      const day = await days.readable(personOf(req), slugOfRequest(req))
      res.page('days/day', await presentDay(day, personOf(req), services, captured === undefined ? {} : { typed: { captured } }))
    },

    async startNew(req: Request, res: Response) {
      const after = typeof req.query.after === 'string' ? await days.editable(personOf(req), req.query.after) : undefined
      const typed = after === undefined ? newDay() : nextDay(await typedDay(after, personOf(req), services), after)
      res.page('days/form', await presentDayForm({ typed }, personOf(req), services))
    },

    async create(req: Request, res: Response, form: DayForm) {
      const previous = form.after === '' ? undefined : await days.editable(personOf(req), form.after)
      const { slug } = await days.create(personOf(req), await dayContent(form, services, personOf(req)), previous)
      res.say('The day is a draft: add its sessions, then publish it.')
      res.redirect(303, `/days/${slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('days/form', await presentDayForm({ typed, errors }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      res.page('days/form', await presentDayForm({ typed: await typedDay(day, personOf(req), services), day }, personOf(req), services))
    },

    async save(req: Request, res: Response, form: DayForm) {
      const opened = await days.editable(personOf(req), slugOfRequest(req))
      const { slug } = await days.save(personOf(req), opened.slug, await dayContent(form, services, personOf(req), opened))
      res.say('The day is saved.')
      res.redirect(303, `/days/${slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const day = await days.editable(personOf(req), slugOfRequest(req))
      res.page('days/form', await presentDayForm({ typed, errors, day }, personOf(req), services))
    },

    async take(req: Request, res: Response) {
      const step = stepOfId(String(req.params.step))
      if (step === undefined) throw new NotFound('There is no such step. Open the day and choose what to do there.')
      await sayingConflicts(req, res, async () => {
        await days.take(personOf(req), slugOfRequest(req), step)
        res.say(said[step])
      })
    },

    async remove(req: Request, res: Response) {
      await days.remove(personOf(req), slugOfRequest(req))
      res.say('The draft is deleted.')
      res.redirect(303, '/days')
    },
  }
}

/** Back to the day, with what could not be done. */
async function sayingConflicts(req: Request, res: Response, deed: () => Promise<void>): Promise<void> {
  try {
    await deed()
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    res.say(error.message, 'attention')
  }
  res.redirect(303, `/days/${encodeURIComponent(slugOfRequest(req))}`)
}
