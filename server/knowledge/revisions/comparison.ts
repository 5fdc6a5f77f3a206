import { type ChangeObject, diffArrays, diffWordsWithSpace } from 'diff'

/** A part of a line, and whether only this side has it. */
export interface Part {
  text: string
  isMarked: boolean
}

/** Lines beside each other; a side without one is undefined. */
export interface ComparedRow {
  before?: Part[]
  after?: Part[]
}

/** So many equal lines around a change are shown. */
const context = 2
/** Two texts that have hardly anything in common are compared no further. */
const patienceMs = 500

/** Two texts line by line, with the words marked that differ; long parts that are equal are left out, as `skipped`. */
export function compareTexts(before: string, after: string): (ComparedRow | { skipped: number })[] {
  const changes = diffArrays(before.split('\n'), after.split('\n'), { timeout: patienceMs }) ?? entirely(before, after)
  const rows: (ComparedRow | { equal: string[] })[] = []
  for (let at = 0; at < changes.length; at++) {
    const { value, removed, added } = changes[at] as ChangeObject<string[]>
    if (!removed && !added) rows.push({ equal: value })
    else if (added) rows.push(...value.map(line => ({ after: wholly(line) })))
    else {
      const next = changes[at + 1]
      if (next?.added) at += 1
      rows.push(...pairs(value, next?.added ? next.value : []))
    }
  }
  return rows.flatMap((row, place) => ('equal' in row ? shortened(row.equal, place > 0, place < rows.length - 1) : [row]))
}

const entirely = (before: string, after: string): ChangeObject<string[]>[] => [
  { value: before.split('\n'), removed: true, added: false, count: 0 },
  { value: after.split('\n'), removed: false, added: true, count: 0 },
]

/** Lines that took each other's place, one beside the other. */
function pairs(before: readonly string[], after: readonly string[]): ComparedRow[] {
  const rows = Math.max(before.length, after.length)
  return Array.from({ length: rows }, (_, at) => {
    const [left, right] = [before[at], after[at]]
    if (left === undefined) return { after: wholly(right ?? '') }
    return right === undefined ? { before: wholly(left) } : compareLines(left, right)
  })
}

function compareLines(before: string, after: string): ComparedRow {
  const changes = diffWordsWithSpace(before, after, { timeout: patienceMs })
  if (changes === undefined) return { before: wholly(before), after: wholly(after) }
  const side = (other: 'added' | 'removed', own: 'added' | 'removed'): Part[] =>
    changes.filter(change => !change[other]).map(change => ({ text: change.value, isMarked: change[own] === true }))
  return { before: side('added', 'removed'), after: side('removed', 'added') }
}

const wholly = (text: string): Part[] => [{ text, isMarked: true }]
const equally = (text: string): ComparedRow => ({ before: [{ text, isMarked: false }], after: [{ text, isMarked: false }] })

function shortened(lines: readonly string[], isAfterChange: boolean, isBeforeChange: boolean): (ComparedRow | { skipped: number })[] {
  const head = isAfterChange ? context : 0
  const tail = isBeforeChange ? context : 0
  const skipped = lines.length - head - tail
  if (skipped <= 1) return lines.map(equally)
  return [...lines.slice(0, head).map(equally), { skipped }, ...lines.slice(lines.length - tail).map(equally)]
}
