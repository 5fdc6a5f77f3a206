import type { ImportedPage } from './importedPage.ts'
import type { PageDefaults } from './pageImport.ts'
import type { LinkedPage } from './pagePlaces.ts'

/** What a page's article is known by: the id that Skillpool gave, or where the page is in its source. */
export const sourceIdOf = ({ fields, path }: ImportedPage, source: string): string =>
  (fields?.id === undefined ? `${source}/${path}` : String(fields.id)).slice(-200)

/** Fields that stand in a file and follow from something else here. */
const notOfRow = ['attachments']

/** A page as the row of an import of articles. */
export function pageRow({ page, sourceId, slug, text }: LinkedPage, { visibility, state, owner }: PageDefaults): Record<string, unknown> {
  if (page.fields === undefined)
    return { id: sourceId, slug, title: page.title, text, kind: 'how-to', visibility, state, ...(owner === undefined ? {} : { owner }) }
  const said = Object.fromEntries(Object.entries(page.fields).filter(([name]) => !notOfRow.includes(name)))
  const history = page.history?.map(({ fields, text: earlier }) => ({ ...fields, text: earlier }))
  return { ...said, id: sourceId, slug, text, ...(history === undefined ? {} : { history }) }
}
