import mongoose from 'mongoose'
import { Unavailable } from '../failures.ts'

const { MongoError, MongoServerError } = mongoose.mongo
const gone =
  /^(MongoNetwork|MongoServerSelection|MongooseServerSelection|MongoNotConnected|MongoTopologyClosed|PoolClearedOnNetwork|MongoPoolCleared|MongoOperationTimeout|MongoWriteConcern)/
const diskIsFull = 14031
/** Of a member that shuts down or is not the primary any more (the error codes of MongoDB's retryable writes specification). */
const changingPrimary = new Set([91, 189, 262, 10058, 10107, 11600, 11602, 13435, 13436])

/** What a store's error means to people, when it means that the store cannot be used for now; undefined for any other error. */
export function asUnavailable(error: unknown): Unavailable | undefined {
  if (error instanceof MongoServerError && error.code === diskIsFull)
    return new Unavailable('The disk of the database is full, so nothing was saved. Tell your administrator.', 60)
  if (error instanceof Error && (gone.test(error.name) || isChangingPrimary(error)))
    return new Unavailable('The database is not answering, so nothing was saved. Try again in a minute.', 5)
  return undefined
}

const isChangingPrimary = (error: Error) =>
  error instanceof MongoError && (error.hasErrorLabel('RetryableWriteError') || changingPrimary.has(Number(error.code)))
