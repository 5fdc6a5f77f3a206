import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { FreshlyRead } from '../../storage/freshlyRead.ts'
import type { Reworded } from '../rewording.ts'
import type { SynonymGroup } from './synonymModel.ts'
import { wordingSpelling, wordsOfWording } from './wordings.ts'

type Wordings = Pick<SynonymGroup, '_id' | 'wordings'>

interface Known {
  bySpelling: ReadonlyMap<string, Wordings & { typed: string }>
  /** In words. */
  longest: number
}

/** The groups as they were a moment ago, so that a search asks the database for them at most every two seconds. */
export class KnownSynonyms {
  private readonly known: FreshlyRead<Known>

  constructor({ synonymGroups }: Pick<Models, 'synonymGroups'>, clock: Clock) {
    const look = async () => knownFrom(await synonymGroups.find({}, { wordings: 1 }).lean<Wordings[]>())
    this.known = new FreshlyRead(look, clock)
  }

  async read(): Promise<void> {
    await this.known.read()
  }

  /** From left to right, the longest wording at a place first; what a question says in several ways already is not looked for again. */
  async reword(asked: readonly string[]): Promise<Reworded[]> {
    const { bySpelling, longest } = await this.known.value()
    if (longest === 0) return []
    const words = asked.flatMap(wordsOfWording)
    const found = new Map<string, Reworded>()
    for (let at = 0; at < words.length; ) {
      const { group, length } = longestAt(words, at, bySpelling, longest)
      at += length
      if (group === undefined) continue
      const { typed, wordings, _id } = group
      const before = found.get(_id) ?? { typed, standsFor: length, others: wordings }
      found.set(_id, { ...before, others: before.others.filter(wording => wording !== typed) })
    }
    return [...found.values()].filter(({ others }) => others.length > 0)
  }
}

function longestAt(words: readonly string[], at: number, bySpelling: Known['bySpelling'], longest: number) {
  for (let length = Math.min(longest, words.length - at); length > 0; length -= 1) {
    const group = bySpelling.get(words.slice(at, at + length).join(' '))
    if (group !== undefined) return { group, length }
  }
  return { group: undefined, length: 1 }
}

function knownFrom(groups: readonly Wordings[]): Known {
  const named = groups.flatMap(group => group.wordings.map(typed => [wordingSpelling(typed), { ...group, typed }] as const))
  return { bySpelling: new Map(named), longest: Math.max(0, ...named.map(([spelling]) => spelling.split(' ').length)) }
}
