import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import type { Article } from '../articles/articleModel.ts'
import type { Revision } from './revisionModel.ts'

/** What of an article a revision holds. */
export type Written = Pick<Revision, 'title' | 'text' | 'kind' | 'fields'>

export interface Opened {
  waiting?: Revision
  /** Absent when nobody kept what is shown: articles of before there were revisions. */
  kept?: Revision
}

/** What was sent back is newer in the history than what stays published. */
const mostSentBack = 10

/** Every text that an article had, from the first save. */
export class Revisions {
  private readonly revisions: Models['revisions']

  constructor(models: Pick<Models, 'revisions'>) {
    this.revisions = models.revisions
  }

  async keep(revision: Omit<Revision, '_id'>): Promise<Revision> {
    const kept = { _id: newId(), ...revision }
    await this.revisions.insertMany([kept], { lean: true })
    return kept
  }

  /** One that came too late to be part of the history. */
  async drop({ _id }: Pick<Revision, '_id'>): Promise<void> {
    await this.revisions.deleteOne({ _id })
  }

  async dropAll({ _id }: Pick<Article, '_id'>): Promise<void> {
    await this.revisions.deleteMany({ articleId: _id })
  }

  /** What was for the approver alone is for the article's readers now. */
  async open({ _id }: Pick<Revision, '_id'>, readers: readonly string[]): Promise<void> {
    await this.revisions.updateOne({ _id }, { $set: { readers: [...readers] } })
  }

  /** Newest first: those of an article that its reader may read. They could read the article when it was saved, or may change it now. */
  async of(article: Article, person: SignedInPerson): Promise<Revision[]> {
    const all = await this.revisions
      .find({ _id: { $in: article.revisionIds } })
      .sort({ revision: -1 })
      .lean<Revision[]>()
    return all.filter(revision => isOpenTo(person, article, revision))
  }

  /** For exports of everything: whoever may read them. */
  all({ revisionIds }: Pick<Article, 'revisionIds'>): Promise<Revision[]> {
    return this.revisions.find({ _id: { $in: revisionIds } }).lean<Revision[]>()
  }

  /** @throws NotFound for one that is hidden as for one that is not there */
  async numbered(article: Article, number: number, person: SignedInPerson): Promise<Revision> {
    const found = await this.revisions.findOne({ _id: { $in: article.revisionIds }, revision: number }).lean<Revision>()
    if (found === null || !isOpenTo(person, article, found)) throw noSuchRevision()
    return found
  }

  /** Which of the revisions the form of an article shows to those who write it: what waits for approval, else what is published. */
  async openedBy(article: Article, person: SignedInPerson): Promise<Opened> {
    const waiting = await this.waiting(article, person)
    if (waiting !== undefined) return { waiting, kept: waiting }
    const newest = await this.revisions
      .find({ _id: { $in: article.revisionIds.slice(-mostSentBack) } })
      .sort({ revision: -1 })
      .lean<Revision[]>()
    const kept = newest.find(({ title, text }) => title === article.title && text === article.text)
    return kept === undefined ? {} : { kept }
  }

  /** One of an article that somebody writes. */
  async writtenAs({ _id: articleId }: Article, id: string): Promise<Revision | undefined> {
    return (await this.revisions.findOne({ _id: id, articleId }).lean<Revision>()) ?? undefined
  }

  /** The change to what is published that waits for approval, for those who write it and who approves it. */
  async waiting(article: Article, person: SignedInPerson): Promise<Revision | undefined> {
    if (article.approval?.revisionId === undefined) return undefined
    const found = await this.revisions.findById(article.approval.revisionId).lean<Revision>()
    return found !== null && (isOpenTo(person, article, found) || may(person, { verb: 'approve article', record: article }))
      ? found
      : undefined
  }
}

const isOpenTo = (person: SignedInPerson, article: Article, { readers }: Revision) =>
  may(person, { verb: 'write article', record: article }) || readers.some(token => person.tokens.includes(token))

export const noSuchRevision = () =>
  new NotFound('There is no such revision of this article, or it is not shared with you. Its history lists those there are.')
