import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { importRows, type Refusal, type Tally } from '../../server/imports/importRun.ts'
import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import type { Person } from '../../server/people/personModel.ts'
import { openTable } from '../../server/tables/openTable.ts'
import type { TestSite } from './testSite.ts'

export interface Imported extends Tally {
  refusals: Refusal[]
}

/** Imports rows as the command does: from a file, JSONL for objects and CSV for text. */
export async function importing({ services }: TestSite, type: string, content: readonly object[] | string): Promise<Imported> {
  const folder = mkdtempSync(join(tmpdir(), 'skillpool-import-'))
  try {
    const file = join(folder, typeof content === 'string' ? 'rows.csv' : 'rows.jsonl')
    writeFileSync(file, typeof content === 'string' ? content : content.map(row => JSON.stringify(row)).join('\n'))
    const refusals: Refusal[] = []
    const tally = await importRows(services, { type, table: await openTable(file), refuse: refusal => refusals.push(refusal) })
    return { ...tally, refusals }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

export const importedArticle = ({ services }: TestSite, sourceId: string): Promise<Article | null> =>
  services.models.articles.findOne({ sourceId }).asSystem('a test looks at what was imported').lean<Article>()

export const importedPerson = ({ services }: TestSite, name: string): Promise<Person | null> =>
  services.models.people.findOne({ name }).asSystem('a test looks at what was imported').lean<Person>()
