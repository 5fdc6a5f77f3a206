import { type RequestHandler, Router } from 'express'
import type { ZodType } from 'zod'
import { mayDo, signedIn } from '../../http/guards.ts'
import { validated } from '../../http/validated.ts'

type Validated<F> = Parameters<typeof validated<F>>

interface KeptHandlers<F> {
  list: RequestHandler
  listAgain: Validated<F>[2]
  add: Validated<F>[1]
  edit: RequestHandler
  editAgain: Validated<F>[2]
  change: Validated<F>[1]
  remove: RequestHandler
}

/** A list with a form that adds to it, and a form for each, for those who keep what search knows. */
export function keptRoutes<F>(page: string, form: ZodType<F>, handlers: KeptHandlers<F>): Router {
  const router = Router()
  router.use(page, signedIn, mayDo({ verb: 'keep search' }))
  router.get(page, handlers.list)
  router.post(page, validated(form, handlers.add, handlers.listAgain))
  router.get(`${page}/:id/edit`, handlers.edit)
  router.post(`${page}/:id`, validated(form, handlers.change, handlers.editAgain))
  router.post(`${page}/:id/delete`, handlers.remove)
  return router
}
