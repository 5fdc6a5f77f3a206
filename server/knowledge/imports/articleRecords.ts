import type { UpdateQuery } from 'mongoose'
import { readersOf } from '../../access/readers.ts'
import { changedFields } from '../../imports/changedFields.ts'
import type { NewRecord } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import type { Article, Revision } from '../articles/articleModel.ts'

type Content = Pick<
  Article,
  'title' | 'text' | 'kind' | 'authorIds' | 'visibility' | 'chosenOrganisationIds' | 'state' | 'skillIds' | 'organisationId' | 'owner'
>

/** What a row says of an article, and what follows from it. */
export type ArticleFields = Partial<Content> & Pick<Content, 'organisationId' | 'owner'> & { date?: Date }

/** Where the row says nothing. A how-to promises the least: the other kinds say that something was agreed, approved or gone through. */
const defaults = {
  title: 'Untitled',
  text: '',
  kind: 'how-to',
  authorIds: [],
  visibility: 'partnership',
  chosenOrganisationIds: [],
  state: 'published',
  skillIds: [],
} as const

const byImport = 'import'

export function newArticle(
  sourceId: string,
  { date, ...fields }: ArticleFields,
  now: Date,
): { article: NewRecord<Article>; revision: Revision } {
  const content: Content = { ...structuredClone(defaults), ...fields } as Content
  const _id = newId()
  const at = date ?? now
  const revision = revisionOf(_id, 1, content, at)
  const article: NewRecord<Article> = {
    ...content,
    _id,
    slug: '',
    readers: readersOf(content),
    revision: 1,
    revisionIds: [revision._id],
    createdAt: at,
    updatedAt: at,
    ...(content.state === 'published' ? { publishedAt: at } : {}),
    sourceId,
  }
  return { article, revision }
}

/** The one update that brings an article to what its row says; undefined when it is so already. */
export function changedArticle(
  article: Article,
  { date, ...fields }: ArticleFields,
  now: Date,
): { update: NonNullable<UpdateQuery<Article>>; revision?: Revision } | undefined {
  const content: Content = { ...article, ...fields }
  const dates =
    date === undefined ? {} : { createdAt: date, updatedAt: date, ...(content.state === 'published' ? { publishedAt: date } : {}) }
  const changed = changedFields<Article>(article, { ...fields, ...dates, readers: readersOf(content) })
  if (changed === undefined) return undefined
  const isFirstPublication = content.state === 'published' && article.publishedAt === undefined
  const $set = { updatedAt: now, ...(isFirstPublication ? { publishedAt: now } : {}), ...dates, ...changed }
  if (changed.title === undefined && changed.text === undefined) return { update: { $set, $inc: { revision: 1 } } as UpdateQuery<Article> }
  const revision = revisionOf(article._id, article.revision + 1, content, date ?? now)
  return { update: { $set, $inc: { revision: 1 }, $push: { revisionIds: revision._id } } as UpdateQuery<Article>, revision }
}

function revisionOf(articleId: string, revision: number, content: Content, savedAt: Date): Revision {
  const { title, text, authorIds } = content
  return { _id: newId(), articleId, revision, title, text, readers: readersOf(content), savedAt, savedById: authorIds[0] ?? byImport }
}
