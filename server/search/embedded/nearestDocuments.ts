import type { NearDocument, NearestQuery } from '../searchEngine.ts'
import { conditionsOf, passing } from './askDocuments.ts'
import type { KeptVectors, VectorTable } from './keptVectors.ts'
import type { IndexTables, SearchDatabase } from './searchDatabase.ts'

const lookedAtOnce = 500

interface Candidate {
  docid: number
  position: number
  cosine: number
}

/** Exactly those that are nearest: every vector is compared, and whether the readers may see a document is looked up from the nearest on. */
export function nearestDocuments(db: SearchDatabase, vectors: KeptVectors, index: IndexTables, query: NearestQuery): NearDocument[] {
  const table = index.mapping.passages?.model === query.model ? vectors.of(index) : undefined
  if (table === undefined) return []
  const candidates = candidatesIn(table, query)
  const found: NearDocument[] = []
  for (let at = 0; at < candidates.length && found.length < query.most; at += lookedAtOnce)
    found.push(...allowed(db, index, query, candidates.slice(at, at + lookedAtOnce)))
  return found.slice(0, query.most)
}

/** Per document its nearest passage, the nearest first. */
function candidatesIn(table: VectorTable, { vector, atLeast }: NearestQuery): Candidate[] {
  const best = new Map<number, Candidate>()
  for (const [slot, cosine] of table.cosines(vector).entries()) {
    if (cosine < atLeast) continue
    const { docid, position } = table.slots[slot] as { docid: number; position: number }
    if (docid !== 0 && cosine > (best.get(docid)?.cosine ?? Number.NEGATIVE_INFINITY)) best.set(docid, { docid, position, cosine })
  }
  return [...best.values()].sort((a, b) => b.cosine - a.cosine || a.docid - b.docid)
}

function allowed(db: SearchDatabase, index: IndexTables, query: NearestQuery, candidates: readonly Candidate[]): NearDocument[] {
  const { number } = index
  const conditions = [...conditionsOf(index, query, {}), passing(index, query.filters ?? [])]
  const rows = db.all<{ place: number; id: string; starts: number; ends: number }>(
    `WITH s AS (SELECT key AS place, value ->> 0 AS docid, value ->> 1 AS position FROM json_each(?)), m AS (SELECT * FROM s)
     SELECT m.place, d.id, p.starts, p.ends FROM m JOIN s ON s.place = m.place JOIN documents_${number} d ON d.docid = m.docid
     JOIN passages_${number} p ON p.docid = m.docid AND p.position = m.position
     WHERE ${conditions.map(({ sql }) => sql).join(' AND ')} ORDER BY m.place`,
    JSON.stringify(candidates.map(({ docid, position }) => [docid, position])),
    ...conditions.flatMap(({ bindings }) => bindings),
  )
  return rows.map(({ place, id, starts, ends }) => ({
    id,
    cosine: (candidates[place] as Candidate).cosine,
    passage: { from: starts, to: ends },
  }))
}
