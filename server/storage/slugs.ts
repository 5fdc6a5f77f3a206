import { plainWords } from './titleWords.ts'

const longest = 80

/** "Moving servers: a how-to" becomes moving-servers-a-how-to. */
export function slugOf(title: string): string {
  const slug = plainWords(title).join('-').slice(0, longest).replace(/-+$/, '')
  return slug === '' ? 'untitled' : slug
}

/** The same title again gets an end of its own, made from the record's id. */
export const slugWithId = (title: string, id: string): string => `${slugOf(title)}-${id.slice(-6)}`
