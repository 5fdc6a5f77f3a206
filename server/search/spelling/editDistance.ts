/**
 * How many edits make one word the other: a letter put in, left out or replaced, or two neighbours swapped (optimal string alignment), as
 * Elasticsearch counts them.
 * @returns undefined when it takes more than `most`: the comparison ends as soon as that is sure
 */
export function editDistance(a: string, b: string, most: number): number | undefined {
  if (Math.abs(a.length - b.length) > most) return undefined
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, column) => column)
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    let least = row
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      const replaced = (last[column - 1] as number) + (isSame ? 0 : 1)
      const swapped = isSwapped ? (beforeLast[column - 2] as number) + 1 : replaced
      const edits = Math.min((last[column] as number) + 1, (current[column - 1] as number) + 1, replaced, swapped)
      current.push(edits)
      least = Math.min(least, edits)
    }
    if (least > most && Math.min(...last) > most) return undefined
    beforeLast = last
    last = current
  }
  const edits = last[b.length] as number
  return edits > most ? undefined : edits
}

/** How far a typed word may be from the meant one. */
export function editsAllowed(word: string): 0 | 1 | 2 {
  if (word.length < 4 || !/^\p{L}+$/u.test(word)) return 0
  return word.length < 8 ? 1 : 2
}

/** The nearest of the words, at most so many edits away; of words as near, those that begin alike first. */
export function nearest(word: string, others: Iterable<string>, edits: number, most: number): string[] {
  const near: { other: string; distance: number; beginsAlike: boolean }[] = []
  for (const other of others) {
    const distance = other === word ? undefined : editDistance(word, other, edits)
    if (distance !== undefined) near.push({ other, distance, beginsAlike: other[0] === word[0] })
  }
  const sorted = near.toSorted((a, b) => a.distance - b.distance || Number(b.beginsAlike) - Number(a.beginsAlike))
  return sorted.slice(0, most).map(({ other }) => other)
}
