import pino, { type Logger } from 'pino'
import { type Config, readConfig } from '../../server/config.ts'
import { createLogger } from '../../server/monitoring/createLogger.ts'
import { createServices, type ServiceOptions, type Services } from '../../server/services.ts'

/** Warnings go to stderr, so that what a command prints can be read by a program. */
export const commandLogger = (config: Config): Logger =>
  createLogger({ LOG_LEVEL: process.env.LOG_LEVEL ? config.LOG_LEVEL : 'warn' }, pino.destination({ dest: 2, sync: true }))

/**
 * The services as the site has them, for one command: beside a running site with embedded stores it joins, otherwise it owns the stores.
 * @throws CannotStart with what to correct
 */
export async function openCommandServices(config = readConfig(process.env), options: ServiceOptions = {}): Promise<Services> {
  return createServices(config, commandLogger(config), { ...options, storage: { mayJoin: true, ...options.storage } })
}
