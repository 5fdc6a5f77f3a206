import { ObjectId } from 'bson'
import type { Doc } from './documentPaths.ts'
import { MongoError, notSupported } from './mongoError.ts'
import { projection } from './projection.ts'
import { sortFields } from './sorting.ts'
import { type Session, upsertBase } from './store.ts'
import { type Updater, updater } from './updater.ts'

interface WriteError {
  index: number
  code: number
  errmsg: string
}

/** Every operation for itself; `ordered` stops at the first that fails. A full disk fails the command as a whole. */
async function eachOperation<O>(
  operations: readonly O[],
  ordered: boolean,
  apply: (operation: O, index: number) => Promise<void>,
): Promise<WriteError[]> {
  const errors: WriteError[] = []
  for (const [index, operation] of operations.entries()) {
    try {
      await apply(operation, index)
    } catch (error) {
      if (!(error instanceof MongoError) || error.code === 14031 || error.code === 115) throw error
      errors.push({ index, code: error.code, errmsg: error.message, ...error.details })
      if (ordered) break
    }
  }
  return errors
}

const withErrors = (writeErrors: WriteError[]) => (writeErrors.length > 0 ? { writeErrors } : {})

export async function insert(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.write(() => session.catalogue.findOrCreate(database, String(command.insert)))
  let n = 0
  const errors = await eachOperation(command.documents as (Doc | Buffer)[], command.ordered !== false, async doc => {
    session.insert(collection, doc)
    n++
  })
  return { n, ...withErrors(errors), ok: 1 }
}

export async function update(session: Session, database: string, command: Doc): Promise<Doc> {
  const counts = { n: 0, nModified: 0 }
  const upserted: { index: number; _id: unknown }[] = []
  const errors = await eachOperation(command.updates as Doc[], command.ordered !== false, async (operation, index) => {
    refuseOptions(operation)
    const { q, u, multi = false, upsert = false } = operation as { q: Doc; u: unknown; multi?: boolean; upsert?: boolean }
    const apply = updater(u)
    if (multi && !isOperatorUpdate(u)) throw new MongoError(9, 'multi update is not supported for replacement-style update')
    const done = await updateMatching(session, database, String(command.update), { filter: q, apply, multi })
    counts.n += done.n
    counts.nModified += done.nModified
    if (done.n > 0 || !upsert) return
    const inserted = upsertDocument(session, database, String(command.update), q, apply)
    counts.n++
    upserted.push({ index, _id: inserted._id })
  })
  return { ...counts, ...(upserted.length > 0 ? { upserted } : {}), ...withErrors(errors), ok: 1 }
}

async function updateMatching(
  session: Session,
  database: string,
  name: string,
  { filter, apply, multi }: { filter: Doc; apply: Updater; multi: boolean },
) {
  const collection = session.catalogue.find(database, name)
  const done = { n: 0, nModified: 0 }
  if (collection === undefined) return done
  for await (const found of session.scan(collection, { filter })) {
    const changed = session.update(collection, found, filter, apply)
    if (changed === null) continue
    done.n++
    if (changed.modified) done.nModified++
    if (!multi) break
  }
  return done
}

function upsertDocument(session: Session, database: string, name: string, filter: Doc, apply: Updater): Doc {
  const collection = session.write(() => session.catalogue.findOrCreate(database, name))
  const doc = upsertBase(filter)
  apply(doc, true)
  return session.insert(collection, Object.hasOwn(doc, '_id') ? doc : { _id: new ObjectId(), ...doc })
}

export async function remove(session: Session, database: string, command: Doc): Promise<Doc> {
  const collection = session.catalogue.find(database, String(command.delete))
  let n = 0
  const errors = await eachOperation(command.deletes as Doc[], command.ordered !== false, async operation => {
    refuseOptions(operation)
    const { q, limit } = operation as { q: Doc; limit: number }
    if (collection === undefined) return
    for await (const found of session.scan(collection, { filter: q })) {
      if (!session.remove(collection, found, q)) continue
      n++
      if (limit === 1) break
    }
  })
  return { n, ...withErrors(errors), ok: 1 }
}

export async function findAndModify(session: Session, database: string, command: Doc): Promise<Doc> {
  refuseOptions(command)
  const name = String(command.findAndModify)
  const {
    query = {},
    sort,
    fields,
    remove: removing,
    new: after = false,
    upsert = false,
  } = command as { query?: Doc; sort?: Doc; fields?: Doc; remove?: boolean; new?: boolean; upsert?: boolean }
  const apply = removing ? undefined : updater(command.update)
  const project = projection(fields) ?? ((doc: Doc) => doc)
  const collection = session.catalogue.find(database, name)
  if (collection !== undefined) {
    for await (const found of session.scan(collection, { filter: query, sort: sortFields(sort) })) {
      if (apply === undefined) {
        if (session.remove(collection, found, query)) return { lastErrorObject: { n: 1 }, value: project(found.doc), ok: 1 }
        continue
      }
      const changed = session.update(collection, found, query, apply)
      if (changed !== null)
        return { lastErrorObject: { n: 1, updatedExisting: true }, value: project(after ? changed.doc : changed.before), ok: 1 }
    }
  }
  if (apply === undefined) return { lastErrorObject: { n: 0 }, value: null, ok: 1 }
  if (!upsert) return { lastErrorObject: { n: 0, updatedExisting: false }, value: null, ok: 1 }
  const inserted = upsertDocument(session, database, name, query, apply)
  return { lastErrorObject: { n: 1, updatedExisting: false, upserted: inserted._id }, value: after ? project(inserted) : null, ok: 1 }
}

const isOperatorUpdate = (update: unknown) =>
  typeof update === 'object' && update !== null && Object.keys(update).some(name => name.startsWith('$'))

function refuseOptions(operation: Doc): void {
  if (operation.collation !== undefined) throw notSupported('collation')
  if (Array.isArray(operation.arrayFilters) && operation.arrayFilters.length > 0) throw notSupported('arrayFilters')
}
