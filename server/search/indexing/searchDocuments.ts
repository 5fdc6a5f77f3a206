import type { SearchableRecord } from '../../storage/searchable.ts'
import { invisible } from '../question/questionTokens.ts'
import type { BulkOperation, SearchDocument } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import { type ChildTexts, childTextsOf } from './childRecords.ts'

const markers = /[\uE000\uE001]|(?![\n\t])\p{Cc}/gu

/** What the engine holds of a record: nothing but what this record, at this rev, says, with its children as they are. */
export function searchDocument<R extends SearchableRecord>(type: SearchType<R>, record: R, childTexts?: ChildTexts): SearchDocument {
  const { text, keywords, dates } = type.toSearchDocument(record, childTexts)
  const cleaned = Object.fromEntries(
    Object.entries(text).map(([field, value]) => [field, value.replace(markers, '').replace(invisible, '')]),
  )
  return { id: record._id, rev: record.rev, readers: record.readers, text: cleaned, keywords, dates }
}

/** For each record what is sent to the engine, in their order. */
export async function bulkOperations(type: SearchType, records: readonly SearchableRecord[]): Promise<BulkOperation[]> {
  const texts = await childTextsOf(
    type,
    records.map(({ _id }) => _id),
  )
  return records.map(record => bulkOperation(type, record, texts.get(record._id)))
}

function bulkOperation<R extends SearchableRecord>(type: SearchType<R>, record: R, childTexts?: ChildTexts): BulkOperation {
  return record.deletedAt === undefined
    ? { write: searchDocument(type, record, childTexts) }
    : { remove: { id: record._id, rev: record.rev } }
}

/** Equal for equal content, whatever the order of fields and values: the rev is compared apart. */
export function fingerprint(document: SearchDocument): string {
  const { readers, text, keywords, dates } = document
  return JSON.stringify([
    [...readers].sort(),
    sortedEntries(text),
    sortedEntries(keywords).map(([field, values]) => [field, [...values].sort()]),
    sortedEntries(dates).map(([field, date]) => [field, new Date(date).toISOString()]),
  ])
}

function sortedEntries<V>(fields: Readonly<Record<string, V>>): [string, V][] {
  return Object.entries(fields)
    .filter(([, value]) => value !== '' && !(Array.isArray(value) && value.length === 0))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
