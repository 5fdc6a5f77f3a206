import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { beginsOn } from '../raisedOn.ts'
import { fittingRequests } from './fittingRequests.ts'
import { mayHelp, presentMayHelp } from './mayHelp.ts'
import { requestContent } from './requestContent.ts'
import { newRequest, presentRequestForm, typedRequest } from './requestFormPresenter.ts'
import type { RequestForm } from './requestForms.ts'
import { filterOf, type Looked, presentRequestList, typeOf, viewOf } from './requestListPresenter.ts'
import { presentRequestPage } from './requestPage.ts'

const pageSize = 20
const longestAsked = 1_000
const partOf = ({ page }: Looked) => ({ from: (page - 1) * pageSize, size: pageSize })
const typedIn = (req: Request) => (req.body ?? {}) as Record<string, unknown>
const wordsOf = (asked: unknown) => (typeof asked === 'string' && asked.trim() !== '' ? asked.trim().slice(0, longestAsked) : undefined)

export const requestHandlers = (services: Services) => {
  const { requests, requestWriting, search } = services

  async function lookedAt(req: Request) {
    const type = typeOf(req.query.type)
    const slug = typeof req.query.skill === 'string' ? req.query.skill : ''
    const [skill] = slug === '' ? [] : await search.directory('skill').bySlugs([slug], personOf(req))
    const view = viewOf(req.query.show)
    return { view, page: pageNumber(req.query.page), ...(type && { type }), ...(skill && { skill }) }
  }

  return {
    async list(req: Request, res: Response) {
      const person = personOf(req)
      const looked = await lookedAt(req)
      const found =
        looked.view === 'fit'
          ? await fittingRequests(person, looked, partOf(looked), services)
          : await requests.list(person, filterOf(looked, person), partOf(looked))
      res.page('pooling/requests/list', await presentRequestList({ ...found, ...looked, pageSize }, person, services))
    },

    async show(req: Request, res: Response) {
      const request = await requests.readable(personOf(req), slugOfRequest(req))
      res.page('pooling/requests/request', await presentRequestPage(request, personOf(req), services))
    },

    async startNew(req: Request, res: Response) {
      const text = wordsOf(req.query.text)
      const began = await beginsOn(req.query.day, services, personOf(req))
      const asked = { typed: { ...newRequest(text), ...began }, looks: text !== undefined }
      res.page('pooling/requests/form', await presentRequestForm(asked, personOf(req), services))
    },

    /** What may help already, beside what is typed; nothing is kept. */
    async lookFirst(req: Request, res: Response) {
      res.page('pooling/requests/form', await presentRequestForm({ typed: typedIn(req), looks: true }, personOf(req), services))
    },

    /** The same while it is typed, for the script of the form. */
    async helpFirst(req: Request, res: Response) {
      res.part('pooling/requests/mayHelp', presentMayHelp(await mayHelp(typedIn(req), personOf(req), services)))
    },

    async create(req: Request, res: Response, form: RequestForm) {
      const { slug } = await requestWriting.ask(personOf(req), await requestContent(form, services, personOf(req)))
      res.say('Your request is there. You are told when somebody answers.')
      res.redirect(303, `/requests/${slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('pooling/requests/form', await presentRequestForm({ typed, errors, looks: true }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const request = await requests.editable(personOf(req), slugOfRequest(req))
      const typed = await typedRequest(request, search.namer(personOf(req)))
      res.page('pooling/requests/form', await presentRequestForm({ typed, request }, personOf(req), services))
    },

    async lookAgain(req: Request, res: Response) {
      const request = await requests.editable(personOf(req), slugOfRequest(req))
      res.page('pooling/requests/form', await presentRequestForm({ typed: typedIn(req), request, looks: true }, personOf(req), services))
    },

    async helpAgain(req: Request, res: Response) {
      const { _id } = await requests.editable(personOf(req), slugOfRequest(req))
      res.part('pooling/requests/mayHelp', presentMayHelp(await mayHelp(typedIn(req), personOf(req), services, _id)))
    },

    async save(req: Request, res: Response, form: RequestForm) {
      const { slug } = await requestWriting.save(personOf(req), slugOfRequest(req), await requestContent(form, services, personOf(req)))
      res.say('The request is saved.')
      res.redirect(303, `/requests/${slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const request = await requests.editable(personOf(req), slugOfRequest(req))
      const again = res.statusCode === 409 ? { ...typed, revision: request.revision } : typed
      res.page('pooling/requests/form', await presentRequestForm({ typed: again, errors, request }, personOf(req), services))
    },
  }
}
