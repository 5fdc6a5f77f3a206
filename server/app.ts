import { join } from 'node:path'
import express, { type Express, type RequestHandler } from 'express'
import { signIns } from './accounts/signIns.ts'
import { features } from './features.ts'
import { admission } from './http/admission.ts'
import { builtAssets } from './http/builtAssets.ts'
import { busyPage } from './http/busyPage.ts'
import { showFailures, showNotFound } from './http/failurePages.ts'
import { formBodies } from './http/formBodies.ts'
import { pageContext } from './http/pageContext.ts'
import { createPageRenderer } from './http/pageRenderer.ts'
import { projectRoot } from './http/projectRoot.ts'
import { sameOrigin } from './http/sameOrigin.ts'
import { securityHeaders } from './http/securityHeaders.ts'
import { unreadAhead } from './http/unreadText.ts'
import { whileStorageIsDown } from './http/whileStorageIsDown.ts'
import { admissionMetrics } from './monitoring/admissionMetrics.ts'
import { metricsRoutes } from './monitoring/metricsRoutes.ts'
import { watchRequests } from './monitoring/watchRequests.ts'
import { freshSettings } from './partnership/freshSettings.ts'
import { identityStyle } from './partnership/identity/identityStyle.ts'
import type { Services } from './services.ts'
import { readingTogether } from './storage/readsTogether.ts'

/** A page takes some tens of milliseconds: this is several times what one process serves in the longest wait. */
const bounds = { atOnce: 40, waiting: 100, longestWaitMs: 5_000 }

/** The middleware and the features' routes, in order. */
export function createApp(services: Services): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', services.config.TRUST_PROXY)
  app.set('query parser', 'simple')
  app.use(watchRequests(services))
  app.use(securityHeaders(services.config))
  app.use('/assets', builtAssets())
  app.use(identityStyle)
  const renderer = createPageRenderer({ viewsDir: join(projectRoot, 'views'), publicDir: join(projectRoot, 'public'), cache: true })
  app.use(pageContext(services, renderer))
  app.use(metricsRoutes(services))
  const fail = showFailures(services.log)
  const admitted = admission(bounds, busyPage(services, renderer))
  services.metrics.show(admissionMetrics(admitted))
  app.use(admitted.handler)
  app.use(whileStorageIsDown(services.storageWatch, fail))
  app.use(freshSettings(services.knownSettings))
  app.use(sameOrigin(services.config))
  app.use(asksTogether)
  app.use(signIns(services))
  app.use(unreadAhead(services))
  app.use(formBodies())
  for (const feature of features) if (feature.routes) app.use(feature.routes(services))
  app.use(showNotFound)
  app.use(fail)
  return app
}

/** Looking at a page reads much at the same moments; whoever changes something reads and writes in an order. */
const asksTogether: RequestHandler = (req, _res, next) => (req.method === 'GET' ? readingTogether(next) : next())
