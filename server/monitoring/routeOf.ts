import type { Request } from 'express'

const methods = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/**
 * The pattern that a request was matched by, "/knowledge/:slug", never its address: that holds searches, names and the secrets of links.
 * Features route whole addresses, so the pattern of the route is all of it.
 */
export function routeOf({ route, originalUrl }: Pick<Request, 'route' | 'originalUrl'>, status: number): string {
  if (typeof route?.path === 'string') return route.path
  return originalUrl.startsWith('/assets/') && status < 400 ? '/assets/*' : 'unmatched'
}

/** One of the methods that sites use; programs can send any. */
export const methodOf = ({ method }: Pick<Request, 'method'>): string => (methods.has(method) ? method : 'other')
