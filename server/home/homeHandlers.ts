import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import { presentArticleRows } from '../knowledge/articles/articleRows.ts'
import type { Services } from '../services.ts'
import { newcomerPath } from './newcomerPath.ts'
import { waitingFor } from './waitingFor.ts'
import { presentWaiting } from './waitingPresenter.ts'

const articlesShown = 10
const skillsShown = 12

export const homeHandlers = ({ partnership, articles, people, search, waiting, log }: Services) => {
  async function showHome(person: SignedInPerson, res: Response) {
    const [own, asked, recent, declared] = await Promise.all([
      people.byId(person.id),
      waitingFor(person, waiting, log),
      articles.list(person, {}, { from: 0, size: articlesShown }),
      search.mostFrequent(person, 'person', 'skill', skillsShown),
    ])
    res.page('home/home', {
      title: 'Home',
      recentArticles: await presentArticleRows(
        recent.articles.map(record => ({ record, highlights: {} })),
        search.namer(person),
      ),
      skills: declared.map(({ label, slug, count }) => ({ name: label, href: `/skills/${slug}`, people: count })),
      waiting: presentWaiting(asked),
      path: own === undefined ? undefined : newcomerPath(own),
    })
  }

  return {
    async show({ person }: Request, res: Response) {
      if (person !== undefined) return showHome(person, res)
      if (!(await partnership.exists())) return res.redirect('/first-run')
      res.page('home/visitor', { title: 'Welcome' })
    },
  }
}
