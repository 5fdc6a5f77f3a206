import type { NextFunction, Request, Response } from 'express'
import { personOf } from '../http/guards.ts'
import { pageNumber } from '../http/pages.ts'
import type { Services } from '../services.ts'
import { presentHome, presentNews } from './homePresenter.ts'

declare module 'express-session' {
  interface SessionData {
    /** The first search was noted: once a sign-in is enough. */
    hasSearched?: true
  }
}

export const homeHandlers = (services: Services) => {
  const { partnership, firstSteps } = services

  return {
    async show({ person }: Request, res: Response) {
      if (person !== undefined) return res.page('home/home', await presentHome(person, services))
      if (!(await partnership.exists())) return res.redirect('/first-run')
      res.page('home/visitor', { title: 'Welcome' })
    },

    async news(req: Request, res: Response) {
      res.page('home/news', await presentNews(personOf(req), pageNumber(req.query.page), services))
    },

    /** On the way to the answer: a newcomer who searched has looked around. */
    async noteSearch({ person, query, session }: Request, _res: Response, next: NextFunction) {
      const asks = typeof query.q === 'string' && query.q.trim() !== ''
      if (person !== undefined && asks && session.hasSearched === undefined) {
        await firstSteps.search(person)
        session.hasSearched = true
      }
      next()
    },

    async hideSteps(req: Request, res: Response) {
      await firstSteps.hide(personOf(req))
      res.say('The first steps are hidden. Your account page links to your profile and to what you follow.')
      res.redirect(303, '/')
    },
  }
}
