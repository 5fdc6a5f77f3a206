import type { EncodedPassage } from '../meaning/encoder.ts'
import type { IndexTables, SearchDatabase } from './searchDatabase.ts'

export function writePassages(db: SearchDatabase, { number }: IndexTables, docid: number, passages: readonly EncodedPassage[]): void {
  for (const [position, { from, to, vector }] of passages.entries()) {
    const bytes = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)
    db.run(`INSERT INTO passages_${number} VALUES (?, ?, ?, ?, ?)`, docid, position, from, to, bytes)
  }
}

export const erasePassages = (db: SearchDatabase, { number }: IndexTables, docid: number) =>
  db.run(`DELETE FROM passages_${number} WHERE docid = ?`, docid)
