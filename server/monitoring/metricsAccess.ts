import { createHash, timingSafeEqual } from 'node:crypto'
import type { Request } from 'express'
import type { Config } from '../config.ts'

const forwarding = ['forwarded', 'via', 'x-real-ip', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto']
const loopback = /^(127(\.\d{1,3}){3}|::1|::ffff:127(\.\d{1,3}){3})$/
const localHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/** Whoever has the token; where there is none, a program on this machine that asks directly and not through a proxy. */
export function mayReadMetrics(req: Request, { METRICS_TOKEN }: Pick<Config, 'METRICS_TOKEN'>): boolean {
  if (METRICS_TOKEN !== undefined) return isSame(/^Bearer (.+)$/i.exec(req.get('Authorization') ?? '')?.[1] ?? '', METRICS_TOKEN)
  const isDirect = forwarding.every(name => req.get(name) === undefined)
  return isDirect && loopback.test(req.socket.remoteAddress ?? '') && localHost.test(req.get('Host') ?? '')
}

/** In the same time whatever was guessed. */
const isSame = (given: string, expected: string) => timingSafeEqual(digest(given), digest(expected))
const digest = (text: string) => createHash('sha256').update(text).digest()
