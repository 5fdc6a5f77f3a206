import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { presentArticleConflict } from './articleConflictPresenter.ts'
import { articleContent } from './articleContent.ts'
import { newArticle, presentArticleForm, typedArticle } from './articleFormPresenter.ts'
import type { ArticleForm } from './articleForms.ts'
import { presentArticle, presentArticleList, presentHistory } from './articlePresenter.ts'

const pageSize = 20

export const articleHandlers = (services: Services) => {
  const { articles, search } = services

  return {
    async list(req: Request, res: Response) {
      const page = pageNumber(req.query.page)
      const kind = typeof req.query.kind === 'string' ? req.query.kind : undefined
      const found = await articles.list(
        personOf(req),
        { ...(kind === undefined ? {} : { kind }) },
        { from: (page - 1) * pageSize, size: pageSize },
      )
      res.page('knowledge/list', await presentArticleList({ ...found, page, pageSize, kind }, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/article', await presentArticle(article, personOf(req), services))
    },

    async history(req: Request, res: Response) {
      const history = await articles.history(personOf(req), slugOfRequest(req))
      res.page('knowledge/history', await presentHistory(history, personOf(req), services))
    },

    async startNew(req: Request, res: Response) {
      res.page('knowledge/form', await presentArticleForm({ typed: newArticle }, personOf(req), services))
    },

    async create(req: Request, res: Response, form: ArticleForm) {
      const article = await articles.create(personOf(req), await articleContent(form, services, personOf(req)))
      res.say(
        article.state === 'published'
          ? 'The article is published.'
          : 'The draft is saved. Only its authors, its team and your editors see it.',
      )
      res.redirect(303, `/knowledge/${article.slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('knowledge/form', await presentArticleForm({ typed, errors }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      const typed = await typedArticle(article, search.namer(personOf(req)))
      res.page('knowledge/form', await presentArticleForm({ typed, article }, personOf(req), services))
    },

    async save(req: Request, res: Response, form: ArticleForm) {
      const opened = await articles.editable(personOf(req), slugOfRequest(req))
      const content = await articleContent(form, services, personOf(req), opened)
      const article = await articles.save(personOf(req), opened.slug, content)
      res.say(opened.state !== article.state ? 'The article is published.' : 'The article is saved.')
      res.redirect(303, `/knowledge/${article.slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      const present = res.statusCode === 409 ? presentArticleConflict : presentArticleForm
      res.page('knowledge/form', await present({ typed, errors, article }, personOf(req), services))
    },

    async remove(req: Request, res: Response) {
      await articles.remove(personOf(req), slugOfRequest(req))
      res.say('The article is deleted.')
      res.redirect(303, '/knowledge')
    },
  }
}
