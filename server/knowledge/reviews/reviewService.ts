import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import { recordLinksOf } from '../../documents/markdown.ts'
import { Conflict, Forbidden, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from '../articles/articleModel.ts'
import { following } from '../articles/articleSaving.ts'
import type { ArticleService } from '../articles/articleService.ts'
import type { ArticleWriting } from '../articles/articleWriting.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import type { Revisions } from '../revisions/revisions.ts'
import { currentStates } from './articleStates.ts'
import type { ReviewNews } from './reviewNews.ts'
import { isPossible, mayTake, type Step } from './transitions.ts'

/** What somebody says with a step. */
export interface Said {
  reason?: string
  /** What they looked at. */
  revision?: number
  /** The article that takes the place of this one: its address, or its title. */
  by?: string
}

interface Collaborators {
  articles: ArticleService
  articleWriting: Pick<ArticleWriting, 'narrowFrom'>
  revisions: Revisions
  reviewNews: ReviewNews
  clock: Clock
}

const keepsAsking: readonly Step[] = ['still right']

/** Whether articles can be trusted: approval, review, and what is set aside. */
export class ReviewService {
  private readonly articles: ArticleService
  private readonly articleWriting: Pick<ArticleWriting, 'narrowFrom'>
  private readonly models: Pick<Models, 'articles'>
  private readonly revisions: Revisions
  private readonly news: ReviewNews
  private readonly clock: Clock
  private readonly write: IndexedWrite<Article>

  constructor(models: Pick<Models, 'articles'>, { articles, articleWriting, revisions, reviewNews, clock }: Collaborators) {
    this.models = models
    this.articles = articles
    this.articleWriting = articleWriting
    this.revisions = revisions
    this.news = reviewNews
    this.clock = clock
    this.write = new IndexedWrite(models.articles, 'title', clock)
  }

  /**
   * @throws Forbidden when it is not theirs to do, Conflict when the article is not where the step begins or was changed meanwhile, Invalid when
   * something is to be said with it
   */
  async take(person: SignedInPerson, slug: string, step: Step, said: Said = {}): Promise<Article> {
    const article = await this.articles.readable(person, slug)
    requirePossible(person, step, article, said)
    const replacement = step === 'supersede' ? { supersededById: (await this.replacementOf(article, said.by, person))._id } : {}
    const waiting = article.approval?.revisionId === undefined ? undefined : await this.revisions.waiting(article, person)
    const { set, change } = following(step, article, { byId: person.id, at: this.clock.now(), ...(said.reason && { reason: said.reason }) })
    const written = step === 'approve change' && waiting !== undefined ? this.writtenIn(waiting) : {}
    const { approval, ...lasting } = article
    const stillAsked = keepsAsking.includes(step) && approval !== undefined
    const after = { ...lasting, ...written, ...set, ...(stillAsked ? { approval } : {}) }
    const readers = readersOf(after)
    const saved = await this.write.update(
      { _id: article._id, revision: article.revision, state: article.state },
      {
        $set: { ...written, ...set, ...replacement, readers } as object,
        $unset: { ...(stillAsked ? {} : { approval: 1 }), ...(step === 'bring back' ? { supersededById: 1 } : {}) },
        $push: { changes: change, ...(waiting === undefined || stillAsked ? {} : { revisionIds: waiting._id }) },
        $inc: { revision: 1 },
      },
    )
    if (saved === null) throw changedMeanwhile()
    if (step === 'approve') await this.openLatest(article, readers)
    if (step === 'approve change' && waiting !== undefined) await this.revisions.open(waiting, readers)
    await this.articleWriting.narrowFrom(article, readers)
    await this.news.decided(article, step, person.id)
    return saved
  }

  /** What this article took the place of, as far as the reader may see it. */
  async supersededBy(article: Pick<Article, '_id'>, reader: Reader): Promise<Pick<Article, 'title' | 'slug'>[]> {
    const found = this.models.articles.find({ supersededById: article._id }).readableBy(reader).select({ title: 1, slug: 1 })
    return found.sort({ updatedAt: -1 }).limit(20).lean<Pick<Article, 'title' | 'slug'>[]>()
  }

  async replacement(
    { supersededById }: Pick<Article, 'supersededById'>,
    reader: Reader,
  ): Promise<Pick<Article, 'title' | 'slug'> | undefined> {
    if (supersededById === undefined) return undefined
    const found = await this.models.articles
      .findOne({ _id: supersededById })
      .readableBy(reader)
      .select({ title: 1, slug: 1 })
      .lean<Article>()
    return found ?? undefined
  }

  private async replacementOf(article: Article, by: string | undefined, person: SignedInPerson): Promise<Article> {
    const named = by?.trim().replace(/^.*\/knowledge\//, '') ?? ''
    if (named === '') throw new Invalid({ by: 'Enter the address or the title of the article that takes its place' })
    const found = await this.models.articles
      .find({ $or: [{ slug: named }, { title: by?.trim() }], state: { $in: [...currentStates] } } as object)
      .readableBy(person)
      .limit(2)
      .lean<Article[]>()
    const [replacement] = found.filter(({ _id }) => _id !== article._id)
    if (replacement === undefined)
      throw new Invalid({
        by: 'There is no other published article with this address or title that you can read. Copy its address from its page',
      })
    return replacement
  }

  private writtenIn({ title, text, kind, fields = [] }: Revision): Partial<Article> {
    return { title, text, links: recordLinksOf(text), ...(kind === undefined ? {} : { kind }), fields, updatedAt: this.clock.now() }
  }

  /** The text that was approved; the drafts before it stay with those who wrote them. */
  private async openLatest({ revisionIds }: Article, readers: readonly string[]): Promise<void> {
    const latest = revisionIds.at(-1)
    if (latest !== undefined) await this.revisions.open({ _id: latest }, readers)
  }
}

function requirePossible(person: SignedInPerson, step: Step, article: Article, { reason, revision }: Said): void {
  if (!isPossible(step, article)) throw new Conflict(`This article is ${article.state} now, so that cannot be done. Look at it again.`)
  if (!mayTake(person, step, article)) throw new Forbidden('Only those who may change this article, or approve it, can do this.')
  if (revision !== undefined && revision !== article.revision) throw changedMeanwhile()
  if ((step === 'refuse' || step === 'refuse change') && !reason) throw new Invalid({ reason: 'Say why, so that it can be put right' })
}

const changedMeanwhile = () => new Conflict('Somebody changed this article while you looked at it. Look at it again, then decide.')
