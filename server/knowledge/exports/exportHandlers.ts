import type { Request, Response } from 'express'
import { writeZip } from '../../files/zipStream.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { siteAddress } from '../../http/siteAddress.ts'
import type { Services } from '../../services.ts'
import { isSensitive } from '../articles/articleMarking.ts'
import { fileKinds } from '../attachments/fileKinds.ts'
import type { Asked } from './exports.ts'
import { printedArticle } from './printedArticle.ts'

const sensitiveEnd = '-OFFICIAL-SENSITIVE'

/** What draws documents takes tens of megabytes: it is loaded when the first is asked for. */
const drawing = {
  pdf: async () => (await import('../../documents/pdfDocument.ts')).pdfDocument,
  word: async () => (await import('../../documents/wordDocument.ts')).wordDocument,
}

export const exportHandlers = (services: Services) => {
  const { articles, collections, organisations, exports } = services

  async function sendZip(res: Response, name: string, asked: Asked) {
    const end = (await exports.isSensitive(asked)) ? sensitiveEnd : ''
    forSaving(res, `${name}${end}.zip`).type('application/zip')
    try {
      await writeZip(exports.files(asked), res)
    } catch (error) {
      // An archive that ends in the middle is better seen as broken.
      res.destroy()
      if (!res.closed) throw error
    }
  }

  return {
    async choose(req: Request, res: Response) {
      const person = personOf(req)
      const own = await organisations.named({ ids: [person.organisationId] }, person)
      res.page('knowledge/export', {
        title: 'Take articles along',
        allHref: '/knowledge/export/all.zip',
        own: own.map(({ name, slug }) => ({ name, href: `/knowledge/export/all.zip?organisation=${encodeURIComponent(slug)}` }))[0],
      })
    },

    async all(req: Request, res: Response) {
      const person = personOf(req)
      const { organisation } = req.query
      if (typeof organisation !== 'string') return sendZip(res, 'knowledge', { person })
      const { _id, slug } = await organisations.bySlug(person, organisation)
      return sendZip(res, `knowledge-${slug}`, { person, organisationId: _id })
    },

    async collection(req: Request, res: Response) {
      const person = personOf(req)
      const collection = await collections.readable(person, slugOfRequest(req))
      await sendZip(res, collection.slug, { person, collection })
    },

    async markdown(req: Request, res: Response) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      forSaving(res, nameOf(article, 'md')).type('text/markdown; charset=utf-8')
      res.send(await exports.file(article, personOf(req)))
    },

    async pdf(req: Request, res: Response) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      const pdfDocument = await drawing.pdf()
      const bytes = await pdfDocument(await printedArticle(article, personOf(req), services, siteAddress(services.config, req)))
      forSaving(res, nameOf(article, 'pdf')).type('application/pdf').send(bytes)
    },

    async word(req: Request, res: Response) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      const wordDocument = await drawing.word()
      const bytes = await wordDocument(await printedArticle(article, personOf(req), services, siteAddress(services.config, req)))
      forSaving(res, nameOf(article, 'docx')).type(fileKinds.docx.type).send(bytes)
    },
  }
}

const nameOf = (article: Parameters<typeof isSensitive>[0] & { slug: string }, ending: string) =>
  `${article.slug}${isSensitive(article) ? sensitiveEnd : ''}.${ending}`

const forSaving = (res: Response, name: string): Response => res.set('Cache-Control', 'private, no-store').attachment(name)
