import type { Request, Response } from 'express'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import { pageNumber } from '../../http/pages.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { hasEnd } from '../kinds/fieldPresenter.ts'
import { kindIds, kindOf } from '../kinds/kinds.ts'
import { stateOfId } from '../reviews/articleStates.ts'
import { withWorkingText } from '../workingTexts/workingTextPresenter.ts'
import { isUndecided } from '../workingTexts/workingTexts.ts'
import { presentArticleConflict } from './articleConflictPresenter.ts'
import { articleContent } from './articleContent.ts'
import { presentFormAgain } from './articleFormAgain.ts'
import { newArticle, presentArticleForm, typedArticle } from './articleFormPresenter.ts'
import type { ArticleForm } from './articleForms.ts'
import { presentArticlePage } from './articlePage.ts'
import { presentArticleList, savedText } from './articlePresenter.ts'

const pageSize = 20
const firstKind = 'how-to'

const isContinued = (req: Request) => req.query['working-text'] === 'continue'
const typedIn = (req: Request) => (req.body ?? {}) as Record<string, unknown>

export const articleHandlers = (services: Services) => {
  const { articles, articleWriting, workingTexts, kindTables, revisions, search } = services

  return {
    async list(req: Request, res: Response) {
      const page = pageNumber(req.query.page)
      const kind = typeof req.query.kind === 'string' ? req.query.kind : undefined
      const state = stateOfId(req.query.state)
      const filter = { ...(kind === undefined ? {} : { kind }), ...(state === undefined ? {} : { states: [state] }) }
      const shown = { from: (page - 1) * pageSize, size: pageSize }
      const found =
        kind !== undefined && hasEnd(kindOf(kind))
          ? await kindTables.endingSoonFirst(personOf(req), { ...filter, kind }, shown)
          : await articles.list(personOf(req), filter, shown)
      res.page('knowledge/list', await presentArticleList({ ...found, page, pageSize, kind, state }, personOf(req), services))
    },

    async show(req: Request, res: Response) {
      const article = await articles.readable(personOf(req), slugOfRequest(req))
      res.page('knowledge/article', await presentArticlePage(article, personOf(req), services, { page: pageNumber(req.query.comments) }))
    },

    async startNew(req: Request, res: Response) {
      const asked = String(req.query.kind ?? '')
      const fresh = newArticle(kindIds.includes(asked) ? asked : firstKind)
      const { typed, working } = await withWorkingText({ typed: fresh, isContinued: isContinued(req) }, personOf(req), services)
      res.page('knowledge/form', { ...(await presentArticleForm({ typed }, personOf(req), services)), working })
    },

    /** The form as its buttons ask for it: with the fields of the kind that is chosen now, a link, or a preview; nothing is kept. */
    async newOfKind(req: Request, res: Response) {
      res.page('knowledge/form', await presentFormAgain(typedIn(req), personOf(req), services))
    },

    async editOfKind(req: Request, res: Response) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      res.page('knowledge/form', await presentFormAgain(typedIn(req), personOf(req), services, article))
    },

    async create(req: Request, res: Response, form: ArticleForm) {
      const article = await articleWriting.create(personOf(req), await articleContent(form, services, personOf(req)))
      if (!isUndecided(typedIn(req))) await workingTexts.discard(personOf(req), undefined)
      res.say(savedText(article))
      res.redirect(303, `/knowledge/${article.slug}`)
    },

    async newAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('knowledge/form', await presentArticleForm({ typed, errors }, personOf(req), services))
    },

    async edit(req: Request, res: Response) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      const opened = await revisions.openedBy(article, personOf(req))
      const saved = await typedArticle(article, search.namer(personOf(req)), opened)
      const { typed, working } = await withWorkingText({ typed: saved, article, isContinued: isContinued(req) }, personOf(req), services)
      res.page('knowledge/form', { ...(await presentArticleForm({ typed, article }, personOf(req), services)), working })
    },

    async save(req: Request, res: Response, form: ArticleForm) {
      const opened = await articles.editable(personOf(req), slugOfRequest(req))
      const content = await articleContent(form, services, personOf(req), opened)
      const article = await articleWriting.save(personOf(req), opened.slug, content)
      if (!isUndecided(typedIn(req))) await workingTexts.discard(personOf(req), opened)
      res.say(opened.state === article.state && article.approval === undefined ? 'The article is saved.' : savedText(article))
      res.redirect(303, `/knowledge/${article.slug}`)
    },

    async editAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      const article = await articles.editable(personOf(req), slugOfRequest(req))
      const present = res.statusCode === 409 ? presentArticleConflict : presentArticleForm
      res.page('knowledge/form', await present({ typed, errors, article }, personOf(req), services))
    },

    async remove(req: Request, res: Response) {
      await articleWriting.remove(personOf(req), slugOfRequest(req))
      res.say('The article is deleted.')
      res.redirect(303, '/knowledge')
    },
  }
}
