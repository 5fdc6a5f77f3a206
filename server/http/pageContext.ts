import type { Request, RequestHandler, Response } from 'express'
import type { Services } from '../services.ts'
import type { PageContext, PageRenderer } from './pageRenderer.ts'
import { unreadText } from './unreadText.ts'

type Model = Parameters<Response['page']>[1]

/** Gives every response `page` and `say`. What the layout shows of the person and the partnership is put together here. */
export function pageContext(services: Services, renderer: PageRenderer): RequestHandler {
  return (req, res, next) => {
    res.say = (text, kind = 'success') => {
      req.session.notice = { text, kind }
    }
    res.alone = view => {
      res.type('html').send(renderer.renderAlone(view))
    }
    res.part = (view, model) => {
      res.set('Cache-Control', 'private, no-store').type('html').send(renderer.renderPart(view, model))
    }
    res.page = (view, model) => {
      const notice = req.session?.notice
      if (notice !== undefined) delete req.session.notice
      const send = (unread: string) => {
        const page = { ...contextOf(req, model, services, unread), ...(notice === undefined ? {} : { notice }) }
        const html = renderer.render(view, model, page)
        if (req.person !== undefined && !res.hasHeader('Cache-Control')) res.set('Cache-Control', 'private, no-cache')
        res.type('html').send(html)
      }
      // Where something failed nothing more is asked.
      if (req.person === undefined || view === 'errors/failure') return send('')
      const unread = req.unread ?? unreadText(req.person, services)
      unread.then(send).catch(next)
    }
    next()
  }
}

function contextOf(req: Request, model: Model, { partnership, knownSettings }: Services, unread: string): PageContext {
  const { person } = req
  const { style, logo, help } = knownSettings.now()
  return {
    partnership: partnership.nameNow(),
    style,
    logo,
    help,
    path: req.path,
    title: model.title,
    ...(typeof req.query.q === 'string' ? { q: req.query.q.replace(/\p{Cc}/gu, ' ') } : {}),
    ...(person === undefined
      ? {}
      : {
          person: {
            name: person.name,
            slug: person.slug,
            photo: person.photoHref,
            administrator: person.roles.some(role => role.endsWith('administrator')),
            unread,
          },
        }),
  }
}
