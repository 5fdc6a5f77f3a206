import type { TextPictures } from '../../documents/textPictures.ts'
import type { Article } from '../articles/articleModel.ts'
import type { Attachments } from './attachments.ts'
import { attachmentsHref } from './attachmentsHref.ts'

/** The pictures among the attachments of an article that its reader has loaded: its text shows them by their names. */
export async function shownPictures(article: Pick<Article, '_id' | 'slug'>, attachments: Pick<Attachments, 'of'>): Promise<TextPictures> {
  const found = await attachments.of(article)
  return new Map(
    found.flatMap(({ _id, name, state, picture, thumbnail }) => {
      const size = picture ?? thumbnail
      if (state !== 'offered' || size === undefined) return []
      return [[name, { href: `${attachmentsHref(article)}/${_id}`, width: size.width, height: size.height }] as const]
    }),
  )
}
