import { plainWords } from './titleWords.ts'

const longest = 80
/** Addresses beside records: /knowledge/new is the form, /admin/people/import takes files, /skills/suggestions answers while somebody types, /skills/coverage is the map,
 * /knowledge/kinds/… the tables, /knowledge/collections/… the handbooks, /knowledge/export/… what is taken along. */
const reserved = new Set(['new', 'import', 'contacts', 'suggestions', 'coverage', 'kinds', 'collections', 'export'])

/** "Moving servers: a how-to" becomes moving-servers-a-how-to. */
export function slugOf(title: string): string {
  const slug = [...plainWords(title).join('-')].slice(0, longest).join('').replace(/-+$/, '')
  if (slug === '') return 'untitled'
  return reserved.has(slug) ? `${slug}-1` : slug
}

/** The same title again gets an end of its own, made from the record's id. */
export const slugWithId = (title: string, id: string): string => `${slugOf(title)}-${id.slice(-6)}`
