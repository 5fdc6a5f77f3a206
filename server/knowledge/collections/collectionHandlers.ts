import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { collectionContent } from './collectionContent.ts'
import { newCollection, presentCollectionForm, typedCollection } from './collectionFormPresenter.ts'
import type { CollectionForm } from './collectionForms.ts'
import { presentCollection, presentCollectionList, presentWholeCollection } from './collectionPresenter.ts'

const pageSize = 20
const page = '/knowledge/collections'

export const collectionHandlers = (services: Services) => {
  const { collections } = services

  return {
    async list(req: Request, res: Response) {
      const number = pageNumber(req.query.page)
      const found = await collections.list(personOf(req), { from: (number - 1) * pageSize, size: pageSize })
      const listed = { ...found, page: number, pageSize }
      res.page('knowledge/collections/list', await presentCollectionList(listed, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      const collection = await collections.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/collections/collection', await presentCollection(collection, personOf(req), services))
    },

    async whole(req: Request, res: Response) {
      const collection = await collections.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/collections/whole', await presentWholeCollection(collection, personOf(req), services))
    },

    async startNew(req: Request, res: Response) {
      const typed = newCollection(typeof req.query.article === 'string' ? req.query.article : undefined)
      res.page('knowledge/collections/form', await presentCollectionForm({ typed }, personOf(req), services))
    },

    async create(req: Request, res: Response, form: CollectionForm) {
      const { slug } = await collections.create(personOf(req), await collectionContent(form, services, personOf(req)))
      res.say('The collection is there.')
      res.redirect(303, `${page}/${slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('knowledge/collections/form', await presentCollectionForm({ typed, errors }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const collection = await collections.editable(personOf(req), slugOfRequest(req))
      const typed = await typedCollection(collection, personOf(req), services)
      res.page('knowledge/collections/form', await presentCollectionForm({ typed, collection }, personOf(req), services))
    },

    async save(req: Request, res: Response, form: CollectionForm) {
      const opened = await collections.editable(personOf(req), slugOfRequest(req))
      const content = await collectionContent(form, services, personOf(req), opened)
      const { slug } = await collections.save(personOf(req), opened.slug, content)
      res.say('The collection is saved.')
      res.redirect(303, `${page}/${slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const collection = await collections.editable(personOf(req), slugOfRequest(req))
      res.page('knowledge/collections/form', await presentCollectionForm({ typed, errors, collection }, personOf(req), services))
    },

    async remove(req: Request, res: Response) {
      await collections.remove(personOf(req), slugOfRequest(req))
      res.say('The collection is deleted. Its articles are still there.')
      res.redirect(303, page)
    },
  }
}
