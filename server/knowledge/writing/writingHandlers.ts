import type { Request, Response } from 'express'
import { longestMarkdown } from '../../documents/markdown.ts'
import { personOf } from '../../http/guards.ts'
import type { Services } from '../../services.ts'
import { tooLong } from '../articles/articleForms.ts'
import { drawnText } from './drawnText.ts'
import { linksBegun } from './pickedLinks.ts'

export const writingHandlers = (services: Services) => ({
  /** `{"html": …}` of the text as it stands; of one that is too long `{"problem": …}`. */
  async preview(req: Request, res: Response) {
    const { text: typed } = (req.body ?? {}) as { text?: unknown }
    const text = typeof typed === 'string' ? typed : ''
    if (text.length > longestMarkdown) return void res.json({ problem: tooLong(text.length) })
    res.json({ html: (await drawnText(text, personOf(req), services)).html })
  },

  /** `{"suggestions": [{"value": …, "hint": …, "insert": "[VMware](skillpool:skill/vmware)"}]}` */
  async links(req: Request, res: Response) {
    const typed = typeof req.query.q === 'string' ? req.query.q : ''
    res.set('Cache-Control', 'private, no-cache').json({ suggestions: await linksBegun(typed, personOf(req), services) })
  },
})
