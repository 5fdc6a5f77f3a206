import type { Logger } from 'pino'

/**
 * What nobody caught ends the process, in the log's words: nobody knows what state it left behind, and whoever keeps the process starts it again.
 * Node hands rejections that nobody caught to the same place.
 */
export function logUnhandled(log: Logger): void {
  process.once('uncaughtException', (error, origin) => {
    log.fatal({ err: error, origin }, 'nobody caught this: the process ends')
    process.exit(1)
  })
}
