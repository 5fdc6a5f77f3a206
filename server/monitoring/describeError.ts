export interface DescribedError {
  type: string
  message: string
  stack?: string
  code?: string | number
  cause?: DescribedError
}

const deepestCause = 5

/**
 * What the log keeps of an error. Not its other fields: the database's hold the record that was refused, the search engine's what was asked.
 */
export function describeError(error: unknown, depth = 0): DescribedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'something that is not an error was thrown' }
  const { code } = error as { code?: unknown }
  const message = messageOf(error)
  return {
    type: error.name,
    message,
    ...(error.stack === undefined ? {} : { stack: [`${error.name}: ${message}`, ...framesOf(error.stack)].join('\n') }),
    ...(typeof code === 'string' || typeof code === 'number' ? { code } : {}),
    ...(error.cause === undefined || depth === deepestCause ? {} : { cause: describeError(error.cause, depth + 1) }),
  }
}

/** Elasticsearch repeats the question in its answer to one that it could not take. */
function messageOf(error: Error): string {
  if (error.name !== 'ResponseError') return error.message
  const { statusCode, body } = error as { statusCode?: number; body?: { error?: { type?: string } } }
  return `Elasticsearch answered ${statusCode ?? 'nothing'}: ${body?.error?.type ?? 'no reason'}`
}

const framesOf = (stack: string) => stack.split('\n').filter(line => /^\s+at /.test(line))
