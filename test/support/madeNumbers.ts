/** The same numbers in every run: a linear congruential generator. @returns below(limit): the next, from 0 */
export function madeNumbers(seed: number): (limit: number) => number {
  let state = seed
  return limit => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return (state >>> 8) % limit
  }
}
