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
const fewest = { title: 1, slug: 1, state: 1, kind: 1, owner: 1, readers: 1, reviewDueAt: 1, revision: 1, approval: 1 } as const

export type DueArticle = Pick<Article, '_id' | keyof typeof fewest>

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

  /** What this person owns, themselves or with their team, and is due within 30 days or since: the longest first. */
  async of(person: SignedInPerson, most: number): Promise<{ articles: DueArticle[]; total: number }> {
    const soon = new Date(this.clock.now().getTime() + remindedDays[0] * dayMs)
    const owned = [
      { 'owner.personId': person.id },
      ...(person.teamIds.length === 0 ? [] : [{ 'owner.teamId': { $in: [...person.teamIds] } }]),
    ]
    const filter = { $or: owned, state: { $in: [...currentStates] }, reviewDueAt: { $lte: soon } }
    const [articles, total] = await Promise.all([
      this.articles.find(filter).readableBy(person).select(fewest).sort({ reviewDueAt: 1 }).limit(most).lean<DueArticle[]>(),
      this.articles.countDocuments(filter).readableBy(person),
    ])
    return { articles, total }
  }

  /** What waits for this person to approve it, the longest first. */
  async toApprove(person: SignedInPerson, most: number): Promise<DueArticle[]> {
    const filter = { approverId: person.id, 'approval.askedAt': { $exists: true } }
    return this.articles.find(filter).readableBy(person).select(fewest).sort({ 'approval.askedAt': 1 }).limit(most).lean<DueArticle[]>()
  }
}
