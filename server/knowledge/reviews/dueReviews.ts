import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from '../articles/articleModel.ts'
import { following } from '../articles/articleSaving.ts'
import { currentStates } from './articleStates.ts'
import { remindedDays } from './reviewDates.ts'

const atOnce = 200
const dayMs = 86_400_000
const withoutText = { text: 0, titleWords: 0, revisionIds: 0, fields: 0, changes: 0 } as const

export type DueArticle = Omit<Article, 'text' | 'titleWords' | 'revisionIds' | 'fields' | 'changes'>

/** Which articles are due for review, and whose turn it is. */
export class DueReviews {
  private readonly articles: Models['articles']
  private readonly clock: Clock
  private readonly write: IndexedWrite<Article>

  constructor(models: Pick<Models, 'articles'>, clock: Clock) {
    this.articles = models.articles
    this.clock = clock
    this.write = new IndexedWrite(models.articles, 'title', clock)
  }

  /** Those that need a review from now on; one that somebody reviewed meanwhile stays. @returns how many */
  async fallDue(reached: (done: number) => void): Promise<number> {
    const now = this.clock.now()
    for (let done = 0; ; ) {
      const due = await this.articles
        .find({ state: 'published', reviewDueAt: { $lte: now } })
        .asSystem('what is due for review is marked so')
        .limit(atOnce)
        .lean<Article[]>()
      if (due.length === 0) return done
      for (const article of due) {
        const { change } = following('fall due', article, { at: now })
        const isStill = { _id: article._id, state: 'published' as const, reviewDueAt: article.reviewDueAt as Date }
        if ((await this.write.update(isStill, { $set: { state: 'needs review' }, $push: { changes: change } })) !== null) done += 1
        reached(done)
      }
    }
  }

  isSoon(due: Date): boolean {
    return due.getTime() <= this.soon().getTime()
  }

  /** Those of the ids that the reader may read. */
  async among(reader: SignedInPerson, ids: readonly string[]): Promise<DueArticle[]> {
    return this.articles
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .select(withoutText)
      .lean<DueArticle[]>()
  }

  /** All that are due within 30 days or since, in the order of their ids. */
  async soonOrDue(after: string, most: number): Promise<DueArticle[]> {
    return this.articles
      .find({ _id: { $gt: after }, state: { $in: [...currentStates] }, reviewDueAt: { $lte: this.soon() } })
      .asSystem('owners are reminded of reviews')
      .sort({ _id: 1 })
      .limit(most)
      .select(withoutText)
      .lean<DueArticle[]>()
  }

  /** What this person owns, themselves or with their team, and is due within 30 days or since: the longest first. */
  async of(person: SignedInPerson, most: number): Promise<{ articles: DueArticle[]; total: number }> {
    const owned = [
      { 'owner.personId': person.id },
      ...(person.teamIds.length === 0 ? [] : [{ 'owner.teamId': { $in: [...person.teamIds] } }]),
    ]
    const filter = { $or: owned, state: { $in: [...currentStates] }, reviewDueAt: { $lte: this.soon() } }
    const [articles, total] = await Promise.all([
      this.articles.find(filter).readableBy(person).select(withoutText).sort({ reviewDueAt: 1 }).limit(most).lean<DueArticle[]>(),
      this.articles.countDocuments(filter).readableBy(person),
    ])
    return { articles, total }
  }

  /** What waits for this person to approve it, the longest first. */
  async toApprove(person: SignedInPerson, most: number): Promise<DueArticle[]> {
    const filter = { approverId: person.id, 'approval.askedAt': { $exists: true } }
    return this.articles
      .find(filter)
      .readableBy(person)
      .select(withoutText)
      .sort({ 'approval.askedAt': 1 })
      .limit(most)
      .lean<DueArticle[]>()
  }

  private soon(): Date {
    return new Date(this.clock.now().getTime() + remindedDays[0] * dayMs)
  }
}
