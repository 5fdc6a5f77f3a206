import { spellingOf } from '../../storage/titleWords.ts'
import type { SplitWay } from './skillSplitModel.ts'

/** A record that names the new skill moves, or has both when it names the old one too; undefined: it keeps the old one alone. */
export function proposedWay(text: string, names: { old: readonly string[]; new: readonly string[] }): SplitWay | undefined {
  const words = ` ${spellingOf(text)} `
  const says = (known: readonly string[]) => known.map(spellingOf).some(name => name !== '' && words.includes(` ${name} `))
  if (!says(names.new)) return undefined
  return says(names.old) ? 'both' : 'moves'
}
