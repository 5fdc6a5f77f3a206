import type { Request, Response } from 'express'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { presentArticlePage } from '../articles/articlePage.ts'
import type { CommentForm } from './talkForms.ts'

export const talkHandlers = (services: Services) => {
  const { talk, articles } = services

  const deal =
    (deed: (person: SignedInPerson, slug: string, id: string) => Promise<{ slug: string }>, says: string) =>
    async (req: Request, res: Response) => {
      const { slug } = await deed(personOf(req), slugOfRequest(req), String(req.params.id))
      res.say(says)
      res.redirect(303, `/knowledge/${slug}#comments`)
    }

  return {
    async comment(req: Request, res: Response, { id, comment, passage }: CommentForm) {
      const { slug } = await talk.comment(personOf(req), slugOfRequest(req), { id, text: comment, passage })
      res.redirect(303, `/knowledge/${slug}#comment-${id}`)
    },

    async show(req: Request, res: Response) {
      res.redirect(303, await talk.placeOf(personOf(req), slugOfRequest(req), String(req.params.id)))
    },

    async again(req: Request, res: Response, typed: Record<string, unknown>, errors: Readonly<Record<string, string>>) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/article', { ...(await presentArticlePage(article, personOf(req), services, { typed })), errors })
    },

    resolve: deal((person, slug, id) => talk.resolve(person, slug, id), 'The comment is resolved.'),
    reopen: deal((person, slug, id) => talk.reopen(person, slug, id), 'The comment is open again.'),
    remove: deal((person, slug, id) => talk.remove(person, slug, id), 'The comment is deleted.'),
  }
}
