import type { Request } from 'express'
import type { Config } from '../config.ts'

/** "https://skillpool.example": the site as people know it, without a slash at its end. */
export const siteAddress = ({ PUBLIC_URL }: Pick<Config, 'PUBLIC_URL'>, req: Request): string =>
  PUBLIC_URL?.replace(/\/$/, '') ?? `${req.protocol}://${req.get('Host')}`
