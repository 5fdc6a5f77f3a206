import type { Reader } from '../../access/accessTokens.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import type { SearchableRecord } from '../../storage/searchable.ts'
import { plainWords } from '../../storage/titleWords.ts'
import type { Begun } from './suggestion.ts'

const mostLookedAt = 100

/** A filter for an array of words: one of them begins so. */
export const aWordBeginning = (beginning: string) => ({ $elemMatch: { $gte: beginning, $lt: `${beginning}\uFFFF` } })

/** A filter for an array of words: the typed ones are among them, the last perhaps only begun. */
export function wordsBegun({ words }: Begun) {
  const whole = words.slice(0, -1)
  return { $and: [...whole.map(word => ({ titleWords: word })), { titleWords: aWordBeginning(words.at(-1) ?? '') }] }
}

/** Records whose titles have the typed words; first those that begin with them, then the shortest. */
export async function beginningWith<R extends SearchableRecord>(
  model: GuardedModel<R>,
  begun: Begun,
  { reader, most, titleOf, among = {} }: { reader: Reader; most: number; titleOf: (record: R) => string; among?: object },
): Promise<R[]> {
  const found = (await model
    .find({ ...among, ...wordsBegun(begun) })
    .readableBy(reader)
    .limit(mostLookedAt)
    .lean()) as R[]
  const typed = begun.words.join(' ')
  const ranked = found.map(record => {
    const title = plainWords(titleOf(record)).join(' ')
    return { record, length: title.length, begins: title.startsWith(typed) }
  })
  return ranked
    .sort((a, b) => Number(b.begins) - Number(a.begins) || a.length - b.length)
    .slice(0, most)
    .map(({ record }) => record)
}
