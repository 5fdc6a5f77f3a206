import type { Reader } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { FreshlyRead } from '../../storage/freshlyRead.ts'
import { isSetAside } from '../queryBuilder.ts'
import { querySpelling } from '../question/queryWords.ts'
import type { Question, Understanding } from '../question/understanding.ts'
import type { Pin } from './pinModel.ts'
import type { PinnedRecord, PinnedRecords } from './pinnedRecords.ts'

type Kept = Pick<Pin, '_id' | 'spellings' | 'records'>

export interface Pinned {
  /** The pin; undefined when nothing is pinned to these words. */
  pinId: string | undefined
  /** What of it the reader may read. */
  records: PinnedRecord[]
}

const nothing: Pinned = { pinId: undefined, records: [] }

/** The pins as they were a moment ago, so that a search asks the database for them at most every two seconds. */
export class KnownPins {
  private readonly known: FreshlyRead<ReadonlyMap<string, Kept>>
  private readonly records: PinnedRecords

  constructor({ pins }: Pick<Models, 'pins'>, { records, clock }: { records: PinnedRecords; clock: Clock }) {
    const look = async () => {
      const kept = await pins.find({}, { spellings: 1, records: 1 }).lean<Kept[]>()
      return new Map(kept.flatMap(pin => pin.spellings.map(spelling => [spelling, pin] as const)))
    }
    this.known = new FreshlyRead(look, clock)
    this.records = records
  }

  async read(): Promise<void> {
    await this.known.read()
  }

  /** What is pinned to the words of a question; nothing when it asks for more than words, or for the newest first. */
  async of(reader: Reader, question: Question, understanding: Understanding): Promise<Pinned> {
    const spelling = plainSpelling(understanding)
    if (spelling === undefined || question.sort === 'date') return nothing
    const pin = (await this.known.value()).get(spelling)
    if (pin === undefined) return nothing
    const wanted = pin.records.filter(({ type }) => question.type === undefined || question.type === type)
    const records = await this.records.read(reader, wanted)
    return { pinId: pin._id, records: records.filter(({ type, record }) => !isSetAside(type, type.toSearchDocument(record).keywords)) }
  }
}

/** The spelling of a question of nothing but words; undefined of any other. */
export function plainSpelling({ text, typed = text, chips }: Understanding): string | undefined {
  const { words, phrases, alternatives = [], excluded } = typed
  if (chips.length + alternatives.length + excluded.length > 0) return undefined
  return querySpelling([...words, ...phrases]) || undefined
}
