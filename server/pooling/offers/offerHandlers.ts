import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { beginsOn } from '../raisedOn.ts'
import { offerContent } from './offerContent.ts'
import { newOffer, presentOfferForm, typedOffer } from './offerFormPresenter.ts'
import type { OfferForm } from './offerForms.ts'
import { kindAsked, presentOffer, presentOfferList } from './offerPresenter.ts'

const pageSize = 20

export const offerHandlers = (services: Services) => {
  const { offers } = services

  return {
    async list(req: Request, res: Response) {
      const page = pageNumber(req.query.page)
      const kind = kindAsked(req.query.kind)
      const wanted = kind === undefined ? {} : { kind }
      const found = await offers.list(personOf(req), wanted, { from: (page - 1) * pageSize, size: pageSize })
      res.page('pooling/offers/list', await presentOfferList({ ...found, ...wanted, page, pageSize }, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      const offer = await offers.readable(personOf(req), slugOfRequest(req))
      res.page('pooling/offers/offer', await presentOffer(offer, personOf(req), services))
    },

    async startNew(req: Request, res: Response) {
      const began = await beginsOn(req.query.day, services, personOf(req))
      res.page('pooling/offers/form', await presentOfferForm({ typed: { ...newOffer, ...began } }, personOf(req), services))
    },

    async create(req: Request, res: Response, form: OfferForm) {
      const { slug } = await offers.create(personOf(req), await offerContent(form, services, personOf(req)))
      res.say('The offer is there. It is found in search within seconds.')
      res.redirect(303, `/offers/${slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('pooling/offers/form', await presentOfferForm({ typed, errors }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const offer = await offers.editable(personOf(req), slugOfRequest(req))
      const typed = await typedOffer(offer, personOf(req), services)
      res.page('pooling/offers/form', await presentOfferForm({ typed, offer }, personOf(req), services))
    },

    async save(req: Request, res: Response, form: OfferForm) {
      const opened = await offers.editable(personOf(req), slugOfRequest(req))
      const { slug } = await offers.save(personOf(req), opened.slug, await offerContent(form, services, personOf(req), opened))
      res.say('The offer is saved.')
      res.redirect(303, `/offers/${slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const offer = await offers.editable(personOf(req), slugOfRequest(req))
      res.page('pooling/offers/form', await presentOfferForm({ typed, errors, offer }, personOf(req), services))
    },

    async end(req: Request, res: Response) {
      const { slug } = await offers.end(personOf(req), slugOfRequest(req))
      res.say('It is not offered any more. Save it again to offer it anew.')
      res.redirect(303, `/offers/${slug}`)
    },
  }
}
