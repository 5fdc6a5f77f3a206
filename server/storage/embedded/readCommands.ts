import { none } from './collectionScan.ts'
import type { Cursors } from './cursors.ts'
import { comparedAt, type Doc, pathParts } from './documentPaths.ts'
import { compareValues } from './keyEncoding.ts'
import { notSupported } from './mongoError.ts'
import { pipelined } from './pipeline.ts'
import type { RawReply } from './rawReply.ts'
import { sortFields } from './sorting.ts'
import { distinctValues, type Session } from './store.ts'
import { fieldsOf } from './storedDoc.ts'

const defaultBatch = 101

export async function find(session: Session, database: string, command: Doc, cursors: Cursors): Promise<RawReply> {
  if (command.collation !== undefined) throw notSupported('collation')
  const collection = session.catalogue.find(database, String(command.find))
  const limit = Math.abs(Number(command.limit ?? 0))
  const wanted = {
    filter: (command.filter ?? {}) as Doc,
    sort: sortFields(command.sort as Doc | undefined),
    skip: Number(command.skip ?? 0),
    limit,
    maxTimeMs: command.maxTimeMS as number | undefined,
  }
  const found = collection === undefined ? none() : session.scan(collection, wanted)
  const batchSize = Number(command.batchSize ?? defaultBatch)
  return cursors.open(`${database}.${command.find}`, found, command.projection as Doc | undefined, batchSize, command.singleBatch === true)
}

export async function aggregate(session: Session, database: string, command: Doc, cursors: Cursors): Promise<RawReply> {
  if (command.collation !== undefined) throw notSupported('collation')
  const source = { session, database, maxTimeMs: command.maxTimeMS as number | undefined }
  const docs = await pipelined(source, String(command.aggregate), command.pipeline as Doc[])
  const batchSize = Number((command.cursor as Doc | undefined)?.batchSize ?? defaultBatch)
  return cursors.openMade(`${database}.${command.aggregate}`, docs, batchSize)
}

export async function count(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.catalogue.find(database, String(command.count))
  const wanted = { filter: (command.query ?? {}) as Doc, skip: Number(command.skip ?? 0), limit: Number(command.limit ?? 0) }
  let n = 0
  if (collection !== undefined) for await (const _ of session.scan(collection, wanted)) n++
  return { n, ok: 1 }
}

export async function distinct(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.catalogue.find(database, String(command.distinct))
  const path = pathParts(String(command.key))
  const fields = fieldsOf([String(command.key)])
  const values: unknown[] = []
  for await (const stored of collection === undefined ? none() : session.scan(collection, { filter: (command.query ?? {}) as Doc })) {
    values.push(...comparedAt(stored.part(fields), path).filter(value => !Array.isArray(value)))
  }
  return { values: distinctValues(values).sort(compareValues), ok: 1 }
}
