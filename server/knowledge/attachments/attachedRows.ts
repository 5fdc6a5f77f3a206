import type { FoundRecord } from '../../search/searchType.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleRow } from '../articles/articleRows.ts'
import type { AttachedTexts } from './attachedTexts.ts'
import { attachmentsHref } from './attachmentsHref.ts'

type Found = Pick<FoundRecord<Article>, 'record' | 'highlights'>

/** Rows of articles, each with where in its attachments the words were found. */
export async function withAttached(rows: ArticleRow[], found: readonly Found[], attachedTexts: AttachedTexts): Promise<ArticleRow[]> {
  const fragments = new Map(
    found.flatMap(({ record, highlights }) => (highlights.attachments ? [[record._id, highlights.attachments]] : [])),
  )
  if (fragments.size === 0) return rows
  const places = await attachedTexts.places(fragments)
  return rows.map((row, at) => {
    const { record } = found[at] as Found
    const inside = places.get(record._id) ?? []
    const attached = inside.map(({ fragment, place, attachmentId }) => ({
      fragment,
      place,
      href: `${attachmentsHref(record)}/${attachmentId}`,
    }))
    return { ...row, attached }
  })
}
