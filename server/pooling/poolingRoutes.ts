import { Router } from 'express'
import type { Services } from '../services.ts'
import { loanRoutes } from './loans/loanRoutes.ts'
import { offerRoutes } from './offers/offerRoutes.ts'
import { reportRoutes } from './report/reportRoutes.ts'
import { requestRoutes } from './requests/requestRoutes.ts'

export function poolingRoutes(services: Services): Router {
  const router = Router()
  router.use(requestRoutes(services))
  router.use(offerRoutes(services))
  router.use(loanRoutes(services))
  router.use(reportRoutes(services))
  return router
}
