import type { Request, Response } from 'express'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Forbidden, NotFound } from '../../failures.ts'
import { personOf, slugOfRequest } from '../../http/guards.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { ReviewForm } from './reviewForms.ts'
import { isConcerned, presentReview, stepIds } from './reviewPresenter.ts'
import type { Step } from './transitions.ts'

const said: Partial<Record<Step, string>> = {
  approve: 'Approved: the article is published.',
  refuse: 'Sent back to its authors, with your reason.',
  'approve change': 'Approved: the change is published.',
  'refuse change': 'The change is sent back, with your reason. What was published stays.',
  withdraw: 'Withdrawn: the article is a draft again.',
  'withdraw change': 'The change is withdrawn. What was published stays.',
  'still right': 'Thank you. It counts as reviewed today.',
  archive: 'The article is archived: it is found only when somebody asks for what is archived.',
  supersede: 'The article is superseded: it leads to the one that takes its place.',
  'bring back': 'The article is back, and needs a review.',
}

export const reviewHandlers = (services: Services) => {
  const { articles, reviews } = services

  async function concerned(req: Request) {
    const article = await articles.readable(personOf(req), slugOfRequest(req))
    if (!isConcerned(article, personOf(req))) throw new Forbidden('Only those who may change this article, or approve it, review it.')
    return article
  }

  return {
    async show(req: Request, res: Response) {
      res.page('knowledge/review', await presentReview({ article: await concerned(req) }, personOf(req), services))
    },

    async take(req: Request, res: Response, { reason, by, revision }: ReviewForm) {
      const step = stepAsked(req)
      const asked = { ...(reason && { reason }), ...(by && { by }), ...(revision === undefined ? {} : { revision }) }
      const article = await reviews.take(personOf(req), slugOfRequest(req), step, asked)
      res.say(said[step] ?? 'Done.')
      res.redirect(303, isStillReadable(article, personOf(req)) ? `/knowledge/${article.slug}` : '/')
    },

    async showAgain(req: Request, res: Response, typed: Record<string, unknown>, errors: Problems) {
      res.page('knowledge/review', await presentReview({ article: await concerned(req), typed, errors }, personOf(req), services))
    },
  }
}

function stepAsked(req: Request): Step {
  const step = stepIds.get(String(req.params.step))
  if (step === undefined) throw new NotFound('There is no such step. Open the article and choose what to do there.')
  return step
}

const isStillReadable = ({ readers }: { readers: readonly string[] }, { tokens }: SignedInPerson) =>
  readers.some(token => tokens.includes(token))
