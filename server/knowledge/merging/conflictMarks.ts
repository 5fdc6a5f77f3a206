import type { Passage } from './threeWayMerge.ts'

const begins = '<<<<<<< You typed:'
const between = (who: string) => `======= ${who}:`
const ends = '>>>>>>> Both passages end here'
const mark = /^(?:<{7} You typed:|={7} .+ saved .+:|>{7} Both passages end here)[ \t]*$/
const numbered = new Intl.NumberFormat('en-GB')

export const isSettled = (passages: readonly Passage[]): boolean => passages.every(passage => 'agreed' in passage)

/** As it stands in the form: where the two do not go together, both passages between marks. @param saved  "Ann Lee saved at 10:14" */
export const mergedText = (passages: readonly Passage[], saved: string): string =>
  passages
    .flatMap(passage => ('agreed' in passage ? passage.agreed : [begins, ...passage.mine, between(saved), ...passage.theirs, ends]))
    .join('\n')

/** Said beside the field; undefined when no mark is left. */
export function marksProblem(text: string): string | undefined {
  const lines = text.split('\n').flatMap((line, at) => (mark.test(line) ? [at + 1] : []))
  if (lines.length === 0) return undefined
  const first = numbered.format(lines[0] ?? 0)
  return `Line ${first} is a mark between two texts that were written at the same time. Keep what is right of both, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>`
}
