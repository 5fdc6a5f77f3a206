import { isDeepStrictEqual } from 'node:util'
import { diffArrays } from 'diff'

/** Lines that stand as they are, or what each side made of the same place. */
export type Passage = { agreed: string[] } | { mine: string[]; theirs: string[] }

/** Lines `from` to `to` of the base, the last not included, that a side replaced by its own. */
interface Change {
  from: number
  to: number
  lines: string[]
}

/** Texts that have hardly anything in common are compared no further: both stand whole. */
const patienceMs = 500

/**
 * Brings together two texts that were made of one (diff3: Khanna, Kunal and Pierce, FSTTCS 2007). What one side alone changed is as that side has it;
 * changes of both that overlap or touch are a passage with both, unless they are the same.
 * @param base  what both began with; undefined when nobody kept it: then no line of either goes
 */
export function mergeTexts(base: string | undefined, mine: string, theirs: string): Passage[] {
  const [own, other] = [mine.split('\n'), theirs.split('\n')]
  const common = base === undefined ? commonLines(own, other) : base.split('\n')
  const changes = common && ([changesFrom(common, own), changesFrom(common, other)] as const)
  if (!common || !changes?.[0] || !changes[1]) return [{ mine: own, theirs: other }]
  return joined(common, changes[0], changes[1])
}

function joined(base: readonly string[], mine: Change[], theirs: Change[]): Passage[] {
  const passages: Passage[] = []
  let at = 0
  for (const { from, to } of places([...mine, ...theirs])) {
    passages.push({ agreed: base.slice(at, from) }, passage(base, { from, to }, mine, theirs))
    at = to
  }
  return [...passages, { agreed: base.slice(at) }].filter(part => !('agreed' in part) || part.agreed.length > 0)
}

function passage(base: readonly string[], place: { from: number; to: number }, mine: Change[], theirs: Change[]): Passage {
  const within = ({ from, to }: Change) => from >= place.from && to <= place.to
  const [own, other] = [mine.filter(within), theirs.filter(within)]
  const sides = { mine: changed(base, place, own), theirs: changed(base, place, other) }
  if (other.length === 0 || isDeepStrictEqual(sides.mine, sides.theirs)) return { agreed: sides.mine }
  return own.length === 0 ? { agreed: sides.theirs } : sides
}

/** Where anything changed: changes that overlap or touch are one place. */
function places(changes: readonly Change[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = []
  for (const { from, to } of [...changes].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = found.at(-1)
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, to)
    else found.push({ from, to })
  }
  return found
}

/** That part of the base with the changes of one side in it. */
function changed(base: readonly string[], { from, to }: { from: number; to: number }, changes: readonly Change[]): string[] {
  const lines: string[] = []
  let at = from
  for (const change of changes) {
    lines.push(...base.slice(at, change.from), ...change.lines)
    at = change.to
  }
  return [...lines, ...base.slice(at, to)]
}

function changesFrom(base: string[], side: string[]): Change[] | undefined {
  const found = diffArrays(base, side, { timeout: patienceMs })
  if (found === undefined) return undefined
  const changes: Change[] = []
  let at = 0
  for (const { value, added, removed } of found) {
    const last = changes.at(-1)
    const to = added ? at : at + value.length
    if (added || removed) {
      const lines = added ? value : []
      if (last?.to === at) changes[changes.length - 1] = { from: last.from, to, lines: [...last.lines, ...lines] }
      else changes.push({ from: at, to, lines })
    }
    at = to
  }
  return changes
}

const commonLines = (mine: string[], theirs: string[]): string[] | undefined =>
  diffArrays(mine, theirs, { timeout: patienceMs })
    ?.filter(({ added, removed }) => !added && !removed)
    .flatMap(({ value }) => value)
