import { plainWords } from '../../storage/titleWords.ts'
import { plainPhrases } from '../question/queryWords.ts'
import type { Asked, SearchDocument } from '../searchEngine.ts'
import { nearest } from '../spelling/editDistance.ts'
import { type IndexTables, type SearchDatabase, textTables } from './searchDatabase.ts'

/** The words of a document that others can be mistaken for, each once. */
export function writtenWords(text: SearchDocument['text']): Set<string> {
  return new Set(
    Object.values(text)
      .flatMap(plainWords)
      .filter(word => /^\p{L}{4,30}$/u.test(word)),
  )
}

type Asking = Pick<Asked, 'readers'>

const mayRead = (number: number) =>
  `EXISTS (SELECT 1 FROM readers_${number} r WHERE r.docid = t.rowid AND r.token IN (SELECT value FROM json_each(?)))`

export function occurringPhrases(
  db: SearchDatabase,
  indexes: readonly IndexTables[],
  { readers, phrases }: Asking & { phrases: readonly string[] },
): string[] {
  const tokens = JSON.stringify(readers)
  const occurs = (index: IndexTables, phrase: string) =>
    textTables(index).some(([table]) => {
      const sql = `SELECT 1 FROM ${table} t WHERE ${table} MATCH ? AND ${mayRead(index.number)} LIMIT 1`
      return db.first(sql, `"${phrase}"`, tokens) !== undefined
    })
  return phrases.filter(phrase => plainPhrases([phrase]).some(plain => indexes.some(index => occurs(index, plain))))
}

/** How many of the documents with a stem are looked at for the word itself. */
const mostLookedAt = 20
/** How many words may be nearer and stand in no document that the readers may see. */
const mostUnseen = 20

export function wordsNear(
  db: SearchDatabase,
  indexes: readonly IndexTables[],
  { readers, word, edits, most }: Asking & { word: string; edits: 1 | 2; most: number },
): string[] {
  const known = new Set(indexes.flatMap(({ number }) => wordsOfLength(db, number, word.length - edits, word.length + edits)))
  const tokens = JSON.stringify(readers)
  const isWritten = (near: string) => indexes.some(index => hasWord(db, index, near, tokens))
  return nearest(word, known, edits, most + mostUnseen)
    .filter(isWritten)
    .slice(0, most)
}

const wordsOfLength = (db: SearchDatabase, number: number, from: number, to: number): string[] =>
  db.all<{ word: string }>(`SELECT word FROM written_${number} WHERE length BETWEEN ? AND ?`, from, to).map(({ word }) => word)

/** FTS5 knows stems only: the text itself says whether it is this word. */
function hasWord(db: SearchDatabase, index: IndexTables, word: string, tokens: string): boolean {
  const { number } = index
  const documents = textTables(index).flatMap(([table]) => {
    const sql = `SELECT d.source FROM ${table} t JOIN documents_${number} d ON d.docid = t.rowid
      WHERE ${table} MATCH ? AND ${mayRead(number)} LIMIT ${mostLookedAt}`
    return db.all<{ source: string }>(sql, `"${word}"`, tokens)
  })
  return documents.some(({ source }) => writtenWords((JSON.parse(source) as SearchDocument).text).has(word))
}
