import { deserialize } from 'bson'
import { indexKeys } from '../../../server/storage/embedded/indexKeys.ts'
import type { Store } from '../../../server/storage/embedded/store.ts'

/** Where the tables of an embedded store disagree: entries of documents that are not so, and documents whose entries are missing. */
export function disagreements(store: Store): string[] {
  const found: string[] = []
  for (const collection of store.catalogue.all()) {
    const rows = store.db.all<{ rid: number; doc: Buffer }>(`SELECT rid, doc FROM c${collection.number}`)
    for (const index of collection.indexes.slice(1)) {
      const expected = rows.flatMap(({ rid, doc }) => indexKeys(index, deserialize(doc)).keys.map(key => `${key.toString('hex')} ${rid}`))
      const there = store.db
        .all<{ key: Buffer; rid: number }>(`SELECT key, rid FROM i${index.number}`)
        .map(({ key, rid }) => `${key.toString('hex')} ${rid}`)
      const [wanted, kept] = [new Set(expected), new Set(there)]
      found.push(...there.filter(entry => !wanted.has(entry)).map(entry => `${collection.name}.${index.name} has ${entry} too much`))
      found.push(...[...wanted].filter(entry => !kept.has(entry)).map(entry => `${collection.name}.${index.name} lacks ${entry}`))
    }
  }
  const [{ integrity_check: verdict } = { integrity_check: 'nothing' }] = store.db.all<{ integrity_check: string }>(
    'PRAGMA integrity_check',
  )
  return verdict === 'ok' ? found : [...found, verdict]
}
