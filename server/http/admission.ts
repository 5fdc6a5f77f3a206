import type { RequestHandler, Response } from 'express'

interface Bounds {
  /** How many requests are worked on at a time. */
  atOnce: number
  /** How many more may wait for their turn. */
  waiting: number
  /** Whoever waited longer is sent away: most people have gone by then. */
  longestWaitMs: number
}

export interface Admission {
  handler: RequestHandler
  /** For metrics. */
  counts(): { working: number; waiting: number; refused: number }
}

/**
 * A bounded queue before all work: what cannot be served soon is refused at once with 503, and memory stays bounded however many come.
 * @param busyPage  what they read
 */
export function admission({ atOnce, waiting: mostWaiting, longestWaitMs }: Bounds, busyPage: () => string): Admission {
  /** Those who wait, in their order, by how each enters. */
  const queue = new Set<() => void>()
  let working = 0
  let refused = 0

  const leave = () => {
    working--
    const [enter] = queue
    enter?.()
  }

  /** Costs next to nothing: whoever is overrun must not work for those whom it does not serve. */
  const refuse = (res: Response) => {
    refused++
    res.status(503).set({ 'Retry-After': '5', 'Cache-Control': 'no-store' }).type('html').end(busyPage())
  }

  const handler: RequestHandler = (req, res, next) => {
    if (req.path.startsWith('/health/') || req.path === '/metrics') return next()
    const work = () => {
      working++
      res.once('close', leave)
      next()
    }
    if (working < atOnce) return work()
    if (queue.size >= mostWaiting) {
      refuse(res)
      return
    }
    const forget = () => {
      clearTimeout(late)
      queue.delete(enter)
      res.off('close', forget)
    }
    const enter = () => {
      forget()
      work()
    }
    const late = setTimeout(() => {
      forget()
      refuse(res)
    }, longestWaitMs)
    res.once('close', forget)
    queue.add(enter)
  }

  return { handler, counts: () => ({ working, waiting: queue.size, refused }) }
}
