import type { Router } from 'express'
import { features } from '../../server/features.ts'
import type { Services } from '../../server/services.ts'

export interface Route {
  method: string
  /** As the table says it: `/people/:slug`. */
  path: string
}

interface Layer {
  route?: { path: string; stack: { method: string }[] }
  handle?: Router
}

/** Every address of every feature. */
export const routeTable = (services: Services): Route[] => features.flatMap(feature => routesOf(feature.routes?.(services)))

function routesOf(router: Router | undefined): Route[] {
  const layers = (router?.stack ?? []) as unknown as Layer[]
  return layers.flatMap(({ route, handle }) => {
    if (route === undefined) return routesOf(handle)
    return route.stack.slice(0, 1).map(({ method }) => ({ method, path: route.path }))
  })
}
