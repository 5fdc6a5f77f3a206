import type { UpdateQuery } from 'mongoose'
import { closeReadersOf, readersOf } from '../../access/readers.ts'
import { recordLinksOf } from '../../documents/markdown.ts'
import { changedFields } from '../../imports/changedFields.ts'
import type { NewRecord } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import type { Article } from '../articles/articleModel.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import { firstReview, nextReview } from '../reviews/reviewDates.ts'
import type { Revision } from '../revisions/revisionModel.ts'

type Content = Pick<
  Article,
  'title' | 'text' | 'kind' | 'authorIds' | 'visibility' | 'chosenOrganisationIds' | 'state' | 'skillIds' | 'organisationId' | 'owner'
> &
  Required<Pick<Article, 'fields' | 'marking' | 'thankedIds'>>

/** What a row says of an article, and what follows from it. */
export type ArticleFields = Partial<Content> &
  Pick<Content, 'organisationId' | 'owner'> & {
    date?: Date
    reviewedAt?: Date
    publishedAt?: Date
    updatedAt?: Date
    reviewDueAt?: Date
    reviewMonths?: number
    slug?: string
    revision?: number
    history?: Earlier[]
  }

/** An earlier text: who could read it is known when the article is. */
export type Earlier = Omit<Revision, '_id' | 'articleId' | 'readers'> & { isForWriters: boolean }

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
  fields: [],
  marking: 'OFFICIAL',
  thankedIds: [],
} as const

/** Who saved what nobody here saved. */
export const byImport = 'import'

export function newArticle(
  sourceId: string,
  { date, reviewedAt, slug = '', revision: saves, history = [], ...fields }: ArticleFields,
  now: Date,
): { article: NewRecord<Article>; revisions: Revision[] } {
  const content: Content = { ...structuredClone(defaults), ...fields } as Content
  const _id = newId()
  const at = date ?? now
  const number = history.length === 0 ? 1 : Math.max(saves ?? 1, ...history.map(({ revision }) => revision))
  const revisions = history.length === 0 ? [revisionOf(_id, 1, content, at)] : history.map(text => earlierOf(_id, text, content))
  const article: NewRecord<Article> = {
    ...content,
    _id,
    slug,
    links: recordLinksOf(content.text),
    readers: readersOf(content),
    revision: number,
    revisionIds: revisions.map(revision => revision._id),
    createdAt: at,
    updatedAt: fields.updatedAt ?? at,
    ...(isShown(content)
      ? {
          publishedAt: fields.publishedAt ?? at,
          reviewDueAt: firstReview(content, at, now),
          ...reviewedOn(content, reviewedAt),
          ...(fields.reviewDueAt === undefined ? {} : { reviewDueAt: fields.reviewDueAt }),
        }
      : {}),
    sourceId,
  }
  return { article, revisions }
}

/** The one update that brings an article to what its row says; undefined when it is so already. */
export function changedArticle(
  article: Article,
  { date, reviewedAt, slug: _slug, revision: _saves, history: _history, ...given }: ArticleFields,
  now: Date,
): { update: NonNullable<UpdateQuery<Article>>; revision?: Revision } | undefined {
  const { publishedAt, updatedAt, reviewDueAt, ...fields } = given
  const content: Content = { ...defaults, ...article, ...fields } as Content
  const shown = isShown(content) ? { publishedAt: publishedAt ?? date, reviewDueAt } : {}
  const dates = withoutMissing({ createdAt: date, updatedAt: updatedAt ?? date, ...shown })
  const changed = changedFields<Article>(article, {
    ...fields,
    ...reviewedOn(content, reviewedAt),
    ...dates,
    readers: readersOf({ ...article, ...content }),
  })
  if (changed === undefined) return undefined
  const isFirstPublication = isShown(content) && article.publishedAt === undefined
  const $set = {
    updatedAt: now,
    ...(isFirstPublication ? { publishedAt: now, reviewDueAt: firstReview(content, date ?? now, now) } : {}),
    ...dates,
    ...changed,
    ...(changed.text === undefined ? {} : { links: recordLinksOf(changed.text) }),
  }
  const isWritten = changed.title !== undefined || changed.text !== undefined || changed.kind !== undefined || changed.fields !== undefined
  if (!isWritten) return { update: { $set, $inc: { revision: 1 } } as UpdateQuery<Article> }
  const revision = revisionOf(article._id, article.revision + 1, content, date ?? now)
  return { update: { $set, $inc: { revision: 1 }, $push: { revisionIds: revision._id } } as UpdateQuery<Article>, revision }
}

const isShown = ({ state }: Content) => !unpublishedStates.includes(state)

/** The owner said so, as far as a file knows. */
function reviewedOn(content: Content, at: Date | undefined): Pick<Partial<Article>, 'reviewed' | 'reviewDueAt'> {
  if (at === undefined || !isShown(content)) return {}
  const byId = content.owner.personId ?? content.authorIds[0]
  return { reviewed: { at, ...(byId === undefined ? {} : { byId }) }, reviewDueAt: nextReview(content, at) }
}

const withoutMissing = <T extends object>(fields: T) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Article>

function earlierOf(articleId: string, { isForWriters, ...text }: Earlier, content: Content): Revision {
  return { _id: newId(), articleId, ...text, readers: isForWriters ? closeReadersOf(content).sort() : readersOf(content) }
}

function revisionOf(articleId: string, revision: number, content: Content, savedAt: Date): Revision {
  const { title, text, kind, fields, authorIds } = content
  return {
    _id: newId(),
    articleId,
    revision,
    title,
    text,
    kind,
    fields,
    readers: readersOf(content),
    savedAt,
    savedById: authorIds[0] ?? byImport,
  }
}
