import type { Request, Response } from 'express'
import { longestMarkdown } from '../../documents/markdown.ts'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { tooLong } from '../articles/articleForms.ts'
import { linksBegun } from './pickedLinks.ts'
import { previewOf } from './writingAgain.ts'

export const writingHandlers = (services: Services) => {
  const articleAsked = async (req: Request) => {
    const { article } = req.query
    return typeof article === 'string' ? services.articles.readable(personOf(req), article) : undefined
  }

  return {
    /** `{"html": …}` of the text as it stands, with the pictures of `?article=`; of one that is too long `{"problem": …}`. */
    async preview(req: Request, res: Response) {
      const { text: typed } = (req.body ?? {}) as { text?: unknown }
      const text = typeof typed === 'string' ? typed : ''
      if (text.length > longestMarkdown) return void res.json({ problem: tooLong(text.length) })
      const preview = await previewOf(text, personOf(req), services, await articleAsked(req))
      res.json({ html: preview.html })
    },

    /** `{"suggestions": [{"value": …, "hint": …, "insert": "[VMware](skillpool:skill/vmware)"}]}` */
    async links(req: Request, res: Response) {
      const typed = typeof req.query.q === 'string' ? req.query.q : ''
      res.set('Cache-Control', 'private, no-cache').json({ suggestions: await linksBegun(typed, personOf(req), services) })
    },
  }
}
