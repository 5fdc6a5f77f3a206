import type { GuardedModel, Readable } from '../storage/guardedReads.ts'
import { newId } from '../storage/newId.ts'
import { slugOf, slugWithId } from '../storage/slugs.ts'
import { changedFields } from './changedFields.ts'
import { type Outcome, RowRefused, type SourceRow } from './importer.ts'
import type { NamedRecords } from './namedRecords.ts'

interface Named extends Readable {
  slug: string
  name: string
  sourceId?: string
}

interface Keeping<Row, R extends Named> {
  model: GuardedModel<R>
  known: NamedRecords<R>
  /** A record that somebody made here before its row came: it gets the row's id. */
  adopt(row: Row): R | undefined
  /** The record as the row wants it, without what the row leaves out. @throws RowRefused */
  wanted(row: Row, existing: R | undefined): Partial<R> & { name: string }
  /** What a new record has where the row says nothing. */
  defaults: Partial<R>
}

/** Keeps a batch of organisations, teams or skills: records that no search index copies. */
export async function keepNamed<Row extends SourceRow, R extends Named>(
  rows: readonly Row[],
  keeping: Keeping<Row, R>,
): Promise<Outcome[]> {
  const added: R[] = []
  const changes: { updateOne: { filter: object; update: object } }[] = []
  const outcomes = rows.map(row => {
    try {
      return keepOne(row, keeping, added, changes)
    } catch (error) {
      if (error instanceof RowRefused) return { refused: error.message }
      throw error
    }
  })
  if (added.length > 0) await keeping.model.insertMany(added, { lean: true })
  if (changes.length > 0) await keeping.model.bulkWrite(changes as never)
  return outcomes
}

function keepOne<Row extends SourceRow, R extends Named>(
  row: Row,
  { known, adopt, wanted, defaults }: Keeping<Row, R>,
  added: R[],
  changes: { updateOne: { filter: object; update: object } }[],
): Outcome {
  const existing = known.withSourceId(row.id) ?? adopt(row)
  const fields = { ...wanted(row, existing), sourceId: row.id }
  if (existing === undefined) {
    const _id = newId()
    const slug = known.hasSlug(slugOf(fields.name)) ? slugWithId(fields.name, _id) : slugOf(fields.name)
    const record = { ...defaults, ...fields, _id, slug } as unknown as R
    known.add(record)
    added.push(record)
    return 'added'
  }
  const changed = changedFields<R>(existing, fields as Partial<R>)
  if (changed === undefined) return 'unchanged'
  known.add({ ...existing, ...changed })
  changes.push({ updateOne: { filter: { _id: existing._id }, update: { $set: changed } } })
  return 'changed'
}
