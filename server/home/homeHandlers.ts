import type { Request, Response } from 'express'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Services } from '../services.ts'

const articlesShown = 10
const skillsShown = 12

export const homeHandlers = ({ partnership, articles, skills }: Services) => {
  async function showHome(person: SignedInPerson, res: Response) {
    const [recentArticles, declared] = await Promise.all([
      articles.recentRows(person, articlesShown),
      skills.mostDeclared(person, skillsShown),
    ])
    res.page('home/home', {
      title: 'Home',
      recentArticles,
      skills: declared.map(({ skill, people }) => ({ name: skill.name, href: `/skills/${skill.slug}`, people })),
      waiting: [],
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
