import { errors, type estypes } from '@elastic/elasticsearch'
import { Unavailable } from '../../failures.ts'
import { IndexMissing } from '../searchEngine.ts'

const passing = new Set([408, 429, 502, 503, 504])

/** What the client throws, in our words: whatever another try may mend is Unavailable. */
export async function spoken<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (isMissingIndex(error)) throw new IndexMissing(`Elasticsearch lacks an index: ${(error as Error).message}`)
    throw isPassing(error) ? new Unavailable(`Elasticsearch does not answer: ${(error as Error).message}`) : error
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof errors.ResponseError) return passing.has(error.statusCode ?? 0)
  return error instanceof errors.ElasticsearchClientError
}

export const isMissingIndex = (error: unknown) => error instanceof errors.ResponseError && error.statusCode === 404

/** An index of an earlier version lacks the field, until it is filled anew. */
export const isMissingField = (error: unknown) =>
  error instanceof errors.ResponseError && error.statusCode === 400 && /no mapping found for field/.test(JSON.stringify(error.body ?? ''))

export const isAlreadyThere = (error: unknown) =>
  error instanceof errors.ResponseError && error.body?.error?.type === 'resource_already_exists_exception'

/** Which field and why, without what stands in it: administrators read this of records that they may not read. */
export function whyRejected(error: estypes.ErrorCause | undefined): string {
  const reason = error?.reason?.replace(/\.? ?(Preview of field's value|The prefix of the first immense term is): .*/s, '')
  const cause = error?.caused_by?.type
  return [reason ?? error?.type ?? 'without a reason', ...(cause === undefined ? [] : [`(${cause})`])].join(' ')
}
