import { AsyncLocalStorage } from 'node:async_hooks'

/** Ids that every line carries which is logged on behalf of something: of a request, a job, the indexer. */
export interface LogContext {
  requestId?: string
  /** The id of the record, never a name or an address. */
  readonly personId?: string | undefined
  /** What works in the background: "indexer", "jobs". */
  part?: string
  jobId?: string
}

const contexts = new AsyncLocalStorage<LogContext>()

/** Lines logged by `work`, and by all that it begins, carry these ids and none of whoever called. */
export const inLogContext = <T>(context: LogContext, work: () => T): T => contexts.run(context, work)

export const logContext = (): LogContext => ({ ...contexts.getStore() })
