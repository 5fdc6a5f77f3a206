import { none } from './collectionScan.ts'
import { comparedAt, type Doc, isPlainObject, pathParts } from './documentPaths.ts'
import { expression, Groups } from './groups.ts'
import { matcher } from './matcher.ts'
import { notSupported } from './mongoError.ts'
import { fieldsKeptWhole, projection } from './projection.ts'
import { compareSortKeys, sortFields, sortKeys } from './sorting.ts'
import type { Session } from './store.ts'
import { fieldsOf, type StoredDoc } from './storedDoc.ts'
import { isSupported } from './supportedOperations.ts'

interface Source {
  session: Session
  database: string
  maxTimeMs: number | undefined
}

type Stage = readonly [name: string, operand: unknown]

const scanned = ['$match', '$sort', '$skip', '$limit']

/** The few stages that counting, grouping and reading several things at once need; what a query could ask at its beginning uses the indexes as that does. */
export async function pipelined(source: Source, name: string, pipeline: readonly Doc[]): Promise<Doc[]> {
  const stages = pipeline.map((stage): Stage => Object.entries(stage)[0] ?? ['', undefined])
  const unknown = stages.find(([stage]) => !isSupported('stages', stage))
  if (unknown !== undefined) throw notSupported(`the stage ${unknown[0]}`)
  const { asked, others } = leading(stages)
  const [next, ...rest] = others
  const found = scan(source, name, asked)
  let docs = next === undefined ? await read(found) : await first(next, found, source)
  for (const stage of rest) docs = await after(stage, docs, source)
  return docs
}

/** What is grouped or counted at once is not kept meanwhile. */
async function first(stage: Stage, found: AsyncGenerator<StoredDoc>, source: Source): Promise<Doc[]> {
  const [name, operand] = stage
  if (name === '$group') return grouped(operand as Doc, found)
  if (name === '$count') return counted(operand, await lengthOf(found))
  return after(stage, await read(found, name === '$project' ? fieldsKeptWhole(operand as Doc) : undefined), source)
}

async function read(found: AsyncGenerator<StoredDoc>, fields?: ReadonlySet<string>): Promise<Doc[]> {
  const docs: Doc[] = []
  for await (const stored of found) docs.push(fields === undefined ? stored.doc : stored.part(fields))
  return docs
}

/** The stages that a query does as well: each at most once, in the order in which it does them. */
function leading(stages: readonly Stage[]): { asked: Doc; others: readonly Stage[] } {
  const asked: Doc = {}
  let place = -1
  let taken = 0
  for (const [name, operand] of stages) {
    const next = scanned.indexOf(name)
    if (next <= place) break
    asked[name] = operand
    place = next
    taken++
  }
  return { asked, others: stages.slice(taken) }
}

function scan({ session, database, maxTimeMs }: Source, name: string, asked: Doc): AsyncGenerator<StoredDoc> {
  const collection = session.catalogue.find(database, name)
  if (collection === undefined) return none()
  const { $match: filter = {}, $sort: sort, $skip: skip = 0, $limit: limit = 0 } = asked
  const wanted = { filter: filter as Doc, sort: sortFields(sort as Doc | undefined), skip: Number(skip), limit: Number(limit) }
  return session.scan(collection, { ...wanted, maxTimeMs })
}

async function lengthOf(found: AsyncGenerator<StoredDoc>): Promise<number> {
  let length = 0
  for await (const _ of found) length++
  return length
}

async function grouped(operand: Doc, found: AsyncGenerator<StoredDoc>): Promise<Doc[]> {
  const groups = new Groups(operand)
  const fields = fieldsOf(groups.paths)
  for await (const stored of found) groups.add(fields.size === 0 ? {} : stored.part(fields))
  return groups.made()
}

async function after([name, operand]: Stage, docs: Doc[], source: Source): Promise<Doc[]> {
  if (name === '$lookup') return lookedUp(operand as Doc, docs, source)
  if (name !== '$unionWith') return stage(name, operand, docs)
  const { coll, pipeline } = operand as { coll: string; pipeline: Doc[] }
  return [...docs, ...(await pipelined(source, coll, pipeline))]
}

/** The documents of another collection that have the same value: where a value is missing, those that have none. */
async function lookedUp({ from, localField, foreignField, as, ...others }: Doc, docs: readonly Doc[], source: Source): Promise<Doc[]> {
  const odd = Object.keys(others)[0]
  if (odd !== undefined) throw notSupported(`$lookup with ${odd}`)
  const joined: Doc[] = []
  for (const doc of docs) {
    const values = comparedAt(doc, pathParts(String(localField))).map(value => value ?? null)
    const filter = { [String(foreignField)]: { $in: values } }
    joined.push({ ...doc, [String(as)]: await read(scan(source, String(from), { $match: filter })) })
  }
  return joined
}

function stage(name: string, operand: unknown, docs: Doc[]): Doc[] {
  switch (name) {
    case '$match':
      return docs.filter(matcher(operand as Doc))
    case '$sort': {
      const fields = sortFields(operand as Doc)
      const keyed = docs.map(doc => ({ doc, keys: sortKeys(doc, fields) }))
      return keyed.sort((a, b) => compareSortKeys(a.keys, b.keys, fields)).map(({ doc }) => doc)
    }
    case '$skip':
      return docs.slice(Number(operand))
    case '$limit':
      return docs.slice(0, Number(operand))
    case '$count':
      return counted(operand, docs.length)
    case '$project':
      return docs.map(projection(operand as Doc) ?? (doc => doc))
    case '$replaceWith':
      return docs.map(doc => replaced(operand, doc))
    default:
      return group(operand as Doc, docs)
  }
}

const counted = (name: unknown, length: number): Doc[] => (length === 0 ? [] : [{ [String(name)]: length }])

/** An object of constants, fields, and the document itself. */
function replaced(operand: unknown, doc: Doc): Doc {
  if (!isPlainObject(operand)) throw notSupported('a replacement that is no object')
  return Object.fromEntries(Object.entries(operand).map(([name, part]) => [name, part === '$$ROOT' ? doc : expression(part, doc)]))
}

function group(operand: Doc, docs: readonly Doc[]): Doc[] {
  const groups = new Groups(operand)
  for (const doc of docs) groups.add(doc)
  return groups.made()
}
