import { CannotStart, Failure, Unavailable } from '../../server/failures.ts'
import { asUnavailable } from '../../server/storage/storageFailures.ts'

/**
 * What went wrong between a database and a folder, for whoever runs the command.
 * @param goOn  what to do when it is mended
 */
export function storeFailure(error: unknown, goOn: string): unknown {
  if (!(error instanceof Error) || error instanceof CannotStart || error instanceof Failure || error.name === 'AbortError') return error
  if (asUnavailable(error)) return new Unavailable(`The database does not answer any more, or has no room (${error.message}). ${goOn}`)
  if ('code' in error && error.code === 'ENOSPC') return new CannotStart(`The disk is full (${error.message}). Make room. ${goOn}`)
  if ('syscall' in error) return new CannotStart(`${error.message}. ${goOn}`)
  return error
}
