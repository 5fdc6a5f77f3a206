import type { NextFunction, Request, Response } from 'express'
import { sendFile } from '../../files/sendFile.ts'
import { fileOf } from '../../files/uploadedFile.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentAttachmentsPage } from './attachmentPresenter.ts'
import { attachmentsHref } from './attachmentsHref.ts'
import { fileKinds } from './fileKinds.ts'
import { attachmentField } from './receivedFile.ts'

const idOf = (req: Request) => String(req.params.id)

export const attachmentHandlers = (services: Services) => {
  const { articles, attachments, files } = services

  async function show(req: Request, res: Response, errors: Problems = {}) {
    const article = await articles.editable(personOf(req), slugOfRequest(req))
    res.page('knowledge/attachments', await presentAttachmentsPage(article, personOf(req), services, errors))
  }

  return {
    list: (req: Request, res: Response) => show(req, res),
    listAgain: (req: Request, res: Response, _typed: Record<string, unknown>, errors: Problems) => show(req, res, errors),

    /** Before anything of a file is received. */
    async mayAdd(req: Request, res: Response, next: NextFunction) {
      res.locals.article = await articles.editable(personOf(req), slugOfRequest(req))
      next()
    },

    async download(req: Request, res: Response) {
      const { fileId: id, name, kind } = await attachments.offered(personOf(req), slugOfRequest(req), idOf(req))
      await sendFile(req, res, files, { id, etag: id, downloadAs: name, type: fileKinds[kind].type })
    },

    async thumbnail(req: Request, res: Response) {
      const { thumbnail } = await attachments.offered(personOf(req), slugOfRequest(req), idOf(req))
      const id = thumbnail?.fileId ?? 'none'
      await sendFile(req, res, files, { id, etag: id })
    },

    async add(req: Request, res: Response) {
      const { filename: fileId, originalname: name } = fileOf(req, res, attachmentField)
      const attachment = await attachments.add(personOf(req), slugOfRequest(req), { fileId, name })
      res.say(
        `“${attachment.name}” is attached.${attachment.state === 'checking' ? ' It is offered when it has been checked for viruses.' : ''}`,
      )
      res.redirect(303, attachmentsHref({ slug: slugOfRequest(req) }))
    },

    async remove(req: Request, res: Response) {
      const { name } = await attachments.remove(personOf(req), slugOfRequest(req), idOf(req))
      res.say(`“${name}” is removed.`)
      res.redirect(303, attachmentsHref({ slug: slugOfRequest(req) }))
    },
  }
}
