import { lengthOf, type Vector } from '../meaning/encoder.ts'
import type { IndexTables, SearchDatabase } from './searchDatabase.ts'

const readAtOnce = 5_000
const firstRoom = 256

interface Row {
  docid: number
  position: number
  vector: ArrayBuffer
}

/** Where a passage is kept; docid 0 where none is. */
export interface Slot {
  docid: number
  position: number
  length: number
}

/** The vectors of one index, side by side: 100,000 of 384 bytes take 38 MB, and are looked through in about 50 ms. */
export class VectorTable {
  readonly slots: Slot[] = []
  private readonly dimensions: number
  private bytes: Int8Array
  private readonly free: number[] = []
  private readonly slotsOf = new Map<number, number[]>()

  constructor(dimensions: number) {
    this.dimensions = dimensions
    this.bytes = new Int8Array(firstRoom * dimensions)
  }

  add({ docid, position, vector }: Row): void {
    if (vector.byteLength !== this.dimensions) return
    const slot = this.free.pop() ?? this.slots.length
    if ((slot + 1) * this.dimensions > this.bytes.length) this.grow()
    const bytes = new Int8Array(vector)
    this.bytes.set(bytes, slot * this.dimensions)
    this.slots[slot] = { docid, position, length: lengthOf(bytes) }
    this.slotsOf.set(docid, [...(this.slotsOf.get(docid) ?? []), slot])
  }

  remove(docid: number): void {
    for (const slot of this.slotsOf.get(docid) ?? []) {
      this.slots[slot] = { docid: 0, position: 0, length: 0 }
      this.free.push(slot)
    }
    this.slotsOf.delete(docid)
  }

  /** @returns per slot the cosine with the vector, from -1 to 1 */
  cosines(vector: Vector): Float32Array {
    const { bytes, dimensions, slots } = this
    const asked = lengthOf(vector)
    const cosines = new Float32Array(slots.length)
    for (let slot = 0, begin = 0; slot < slots.length; slot++, begin += dimensions) {
      const lengths = (slots[slot] as Slot).length * asked
      if (lengths === 0) continue
      let sum = 0
      for (let place = 0; place < dimensions; place++) sum += (bytes[begin + place] as number) * (vector[place] as number)
      cosines[slot] = sum / lengths
    }
    return cosines
  }

  private grow(): void {
    const larger = new Int8Array(this.bytes.length * 2)
    larger.set(this.bytes)
    this.bytes = larger
  }
}

/** Reads an index's vectors when they are first asked for, and again those of documents that changed since. */
export class KeptVectors {
  private readonly db: SearchDatabase
  private readonly tables = new Map<number, { table: VectorTable; changed: Set<string> }>()

  constructor(db: SearchDatabase) {
    this.db = db
  }

  changed({ number }: IndexTables, ids: readonly string[]): void {
    const kept = this.tables.get(number)
    for (const id of ids) kept?.changed.add(id)
  }

  forget(number: number): void {
    this.tables.delete(number)
  }

  of({ number, mapping }: IndexTables): VectorTable | undefined {
    if (mapping.passages === undefined) return undefined
    const known = this.tables.get(number)
    if (known !== undefined) {
      this.readChanged(number, known)
      return known.table
    }
    const table = new VectorTable(mapping.passages.dimensions)
    this.readAll(number, table)
    this.tables.set(number, { table, changed: new Set() })
    return table
  }

  private readAll(number: number, table: VectorTable): void {
    const sql = `SELECT docid, position, vector FROM passages_${number} WHERE (docid, position) > (?, ?) ORDER BY docid, position LIMIT ${readAtOnce}`
    for (let last: Pick<Row, 'docid' | 'position'> | undefined = { docid: 0, position: 0 }; last !== undefined; ) {
      const rows: Row[] = this.db.all<Row>(sql, last.docid, last.position)
      for (const row of rows) table.add(row)
      last = rows.at(-1)
    }
  }

  private readChanged(number: number, { table, changed }: { table: VectorTable; changed: Set<string> }): void {
    if (changed.size === 0) return
    const ids = JSON.stringify([...changed])
    const documents = this.db.all<{ docid: number }>(
      `SELECT docid FROM documents_${number} WHERE id IN (SELECT value FROM json_each(?))`,
      ids,
    )
    for (const { docid } of documents) table.remove(docid)
    const rows = this.db.all<Row>(
      `SELECT docid, position, vector FROM passages_${number} WHERE docid IN (SELECT value FROM json_each(?))`,
      JSON.stringify(documents.map(({ docid }) => docid)),
    )
    for (const row of rows) table.add(row)
    changed.clear()
  }
}
