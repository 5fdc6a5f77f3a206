import type { RequestHandler } from 'express'
import type { Services } from '../services.ts'
import type { PageRenderer } from './pageRenderer.ts'

/** Gives every response `page` and `say`. What the layout shows of the person and the partnership is put together here. */
export function pageContext({ partnership, knownSettings }: Services, renderer: PageRenderer): RequestHandler {
  return (req, res, next) => {
    res.say = (text, kind = 'success') => {
      req.session.notice = { text, kind }
    }
    res.page = (view, model) => {
      const notice = req.session?.notice
      if (notice !== undefined) delete req.session.notice
      const { person } = req
      const { style, logo, help } = knownSettings.now()
      const html = renderer.render(view, model, {
        partnership: partnership.nameNow(),
        style,
        logo,
        help,
        path: req.path,
        title: model.title,
        ...(typeof req.query.q === 'string' ? { q: req.query.q.replace(/\p{Cc}/gu, ' ') } : {}),
        ...(notice === undefined ? {} : { notice }),
        ...(person === undefined
          ? {}
          : {
              person: {
                name: person.name,
                slug: person.slug,
                photo: person.photoHref,
                administrator: person.roles.some(role => role.endsWith('administrator')),
              },
            }),
      })
      if (person !== undefined) res.set('Cache-Control', 'private, no-cache')
      res.type('html').send(html)
    }
    next()
  }
}
