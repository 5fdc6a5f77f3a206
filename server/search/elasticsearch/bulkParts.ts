import type { BulkOperation } from '../searchEngine.ts'

/** Far below what a node takes in one request (http.max_content_length, 100 MB), also when a character has three bytes or is escaped. */
const mostChars = 8_000_000

/** The operations in their order, in requests that a node takes; one that is longer by itself is a part of its own. */
export function* bulkParts(operations: readonly BulkOperation[], most = mostChars): Generator<BulkOperation[]> {
  let part: BulkOperation[] = []
  let chars = 0
  for (const operation of operations) {
    chars += charsOf(operation)
    if (part.length > 0 && chars > most) {
      yield part
      part = []
      chars = charsOf(operation)
    }
    part.push(operation)
  }
  if (part.length > 0) yield part
}

const charsOf = (operation: BulkOperation) =>
  'write' in operation ? Object.values(operation.write.text).reduce((sum, text) => sum + text.length, 0) : 0
