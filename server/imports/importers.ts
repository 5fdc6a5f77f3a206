import { articlesImport } from './articlesImport.ts'
import type { ImportContext, Importer, ImportType } from './importer.ts'
import { organisationsImport } from './organisationsImport.ts'
import { peopleImport } from './peopleImport.ts'
import { skillsImport } from './skillsImport.ts'
import { teamsImport } from './teamsImport.ts'

const openers: Record<ImportType, (context: ImportContext) => Promise<unknown>> = {
  organisations: organisationsImport,
  teams: teamsImport,
  skills: skillsImport,
  people: peopleImport,
  articles: articlesImport,
}

/** What it needs to know of the partnership is read once, when it is opened. */
export const openImporter = async (type: ImportType, context: ImportContext): Promise<Importer> =>
  (await openers[type](context)) as Importer
