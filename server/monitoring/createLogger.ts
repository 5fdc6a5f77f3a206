import pino, { type DestinationStream, type Logger } from 'pino'
import type { Config } from '../config.ts'
import { describeError } from './describeError.ts'
import { hideFields, hideSecrets } from './hideSecrets.ts'
import { logContext } from './logContext.ts'

/**
 * The log: a JSON object a line, with the ids of what it is about, without contents and secrets.
 * @param destination  standard output unless given
 */
export function createLogger({ LOG_LEVEL }: Pick<Config, 'LOG_LEVEL'>, destination: DestinationStream = pino.destination(1)): Logger {
  return pino(
    {
      level: LOG_LEVEL,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      mixin: logContext,
      formatters: { log: hideFields },
      serializers: { err: describeError },
      hooks: { streamWrite: hideSecrets },
    },
    destination,
  )
}
