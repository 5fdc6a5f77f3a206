import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { SearchService } from '../../search/searchService.ts'
import { plainWords } from '../../storage/titleWords.ts'

const mostRows = 5
const mostWords = 40

export interface MayHelp {
  heading: string
  rows: object[]
}

/** Articles and earlier requests that may answer what somebody is about to ask. @param exceptId  the request itself */
export async function mayHelp(
  typed: Record<string, unknown>,
  reader: SignedInPerson,
  { search }: { search: SearchService },
  exceptId?: string,
): Promise<MayHelp[]> {
  const said = [typed.title, typed.text, typed.skills].filter(part => typeof part === 'string').join(' ')
  const q = [...new Set(plainWords(said))].slice(0, mostWords).join(' ')
  if (q === '') return []
  const found = await Promise.all(['article', 'request'].map(type => search.best(reader, { q, type, filters: {}, page: 1 }, mostRows + 1)))
  const groups = found.flatMap(best => best?.group ?? [])
  const filled = groups.map(group => ({ ...group, found: group.found.filter(({ record }) => record._id !== exceptId).slice(0, mostRows) }))
  return Promise.all(
    filled
      .filter(group => group.found.length > 0)
      .map(async ({ type, found }) => ({
        heading: headings[type.type] ?? type.heading,
        rows: await type.presentRows(found, search.namer(reader)),
      })),
  )
}

const headings: Readonly<Record<string, string>> = { article: 'Articles that may help', request: 'Asked before' }

/** Everything that views/pooling/requests/mayHelp prints. @param helps  left out as long as nobody looked */
export function presentMayHelp(helps?: readonly MayHelp[]) {
  if (helps === undefined) return { said: '', helps: [] }
  const count = helps.reduce((sum, { rows }) => sum + rows.length, 0)
  const found = count === 1 ? 'One page may help already.' : `${count} pages may help already.`
  return { said: count === 0 ? 'Nothing was found that may help already.' : found, helps }
}
