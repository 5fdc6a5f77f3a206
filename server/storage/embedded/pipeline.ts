import type { Collection } from './catalogue.ts'
import { none } from './collectionScan.ts'
import type { Doc } from './documentPaths.ts'
import { Groups } from './groups.ts'
import { matcher } from './matcher.ts'
import { notSupported } from './mongoError.ts'
import { compareSortKeys, sortFields, sortKeys } from './sorting.ts'
import type { Session } from './store.ts'
import { fieldsOf, type StoredDoc } from './storedDoc.ts'
import { isSupported } from './supportedOperations.ts'

/** The few stages that counting and grouping need; a leading $match uses the indexes, and what is grouped at once is not kept meanwhile. */
export async function pipelined(
  session: Session,
  collection: Collection | undefined,
  pipeline: readonly Doc[],
  maxTimeMs: number | undefined,
): Promise<Doc[]> {
  const stages = pipeline.map((stage): [string, unknown] => Object.entries(stage)[0] ?? ['', undefined])
  const unknown = stages.find(([name]) => !isSupported('stages', name))
  if (unknown !== undefined) throw notSupported(`the stage ${unknown[0]}`)
  const isFiltered = stages[0]?.[0] === '$match'
  const filter = isFiltered ? (stages[0]?.[1] as Doc) : {}
  const found = collection === undefined ? none() : session.scan(collection, { filter, maxTimeMs })
  const [next, ...others] = isFiltered ? stages.slice(1) : stages
  if (next?.[0] === '$group')
    return others.reduce((docs, [name, operand]) => stage(name, operand, docs), await grouped(next[1] as Doc, found))
  const docs: Doc[] = []
  for await (const { doc } of found) docs.push(doc)
  return [...(next === undefined ? [] : [next]), ...others].reduce((kept, [name, operand]) => stage(name, operand, kept), docs)
}

async function grouped(operand: Doc, found: AsyncGenerator<StoredDoc>): Promise<Doc[]> {
  const groups = new Groups(operand)
  const fields = fieldsOf(groups.paths)
  for await (const stored of found) groups.add(fields.size === 0 ? {} : stored.part(fields))
  return groups.made()
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
      return docs.length === 0 ? [] : [{ [String(operand)]: docs.length }]
    default:
      return group(operand as Doc, docs)
  }
}

function group(operand: Doc, docs: readonly Doc[]): Doc[] {
  const groups = new Groups(operand)
  for (const doc of docs) groups.add(doc)
  return groups.made()
}
