import type { SignedInPerson } from '../../access/accessTokens.ts'
import { closeReadersOf, readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import type { Comments } from '../../comments/comments.ts'
import { Conflict } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import type { ReviewNews } from '../reviews/reviewNews.ts'
import type { Step } from '../reviews/transitions.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import type { Revisions } from '../revisions/revisions.ts'
import type { ArticleContent } from './articleContent.ts'
import { requireMarkable } from './articleMarking.ts'
import type { Article } from './articleModel.ts'
import { dueAnew, fieldsOf, following, savingOf, takenOff } from './articleSaving.ts'
import type { ArticleService } from './articleService.ts'

interface Collaborators {
  articles: ArticleService
  revisions: Revisions
  reviewNews: ReviewNews
  comments: Comments
  clock: Clock
}

/** The rules of writing articles. */
export class ArticleWriting {
  /** Told when fewer people may read an article than before; answers when the search engine knows. */
  narrowed: (type: string, id: string) => Promise<void> = async () => undefined
  /** Told when an article is deleted, to take away what belongs to it. */
  erased: (id: string) => Promise<void> = async () => undefined
  private readonly with: Collaborators
  private readonly write: IndexedWrite<Article>

  constructor(models: Pick<Models, 'articles'>, collaborators: Collaborators) {
    this.with = collaborators
    this.write = new IndexedWrite(models.articles, 'title', collaborators.clock)
  }

  async create(person: SignedInPerson, content: ArticleContent): Promise<Article> {
    const _id = newId()
    const now = this.with.clock.now()
    const { organisationId } = person
    const written = { organisationId, ...fieldsOf(content, [person.id], { personId: person.id }), state: 'draft' as Article['state'] }
    requireMarkable(person, written)
    const { step } = savingOf(undefined, content)
    const made = { ...written, ...this.stepped(step, written, person.id, now) }
    const readers = readersOf(made)
    const revision = await this.keepRevision(person, _id, 1, { ...content, readers }, now)
    const complete = { _id, ...made, readers, revision: 1, revisionIds: [revision._id], createdAt: now, updatedAt: now }
    const created = await withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
    await this.with.reviewNews.asked(created)
    return created
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, content: ArticleContent): Promise<Article> {
    const article = await this.with.articles.editable(person, slug)
    const now = this.with.clock.now()
    const firstAuthor = article.authorIds.slice(0, 1)
    const personId = content.ownerId ?? article.owner.personId ?? firstAuthor[0] ?? person.id
    const fields = fieldsOf(content, firstAuthor, { personId })
    requireMarkable(person, { ...article, ...fields }, article.marking)
    const { step } = savingOf(article, content)
    const waits = step === 'ask to change'
    const { title, kind, text, links, fields: kindFields, ...settings } = fields
    const said = waits
      ? settings
      : { ...settings, title, kind, text, links, fields: kindFields, updatedAt: now, ...dueAnew(article, fields) }
    const { approval: _asked, approverId: _named, reviewMonths: _own, ...lasting } = article
    const { changes, ...stepped } = this.stepped(step, { ...lasting, ...said }, person.id, now)
    const approval = step === undefined && article.approval ? { approval: article.approval } : {}
    const after = { ...lasting, ...said, ...approval, ...stepped }
    const readers = readersOf(after)
    const kept = { ...content, readers: waits ? closeReadersOf(after).sort() : readers }
    const revision = await this.keepRevision(person, article._id, content.revision + 1, kept, now)
    const replaced = article.approval?.revisionId === undefined ? [] : [article.approval.revisionId]
    const saved = await this.write.update(
      { _id: article._id, revision: content.revision, state: article.state },
      {
        $set: { ...said, ...stepped, readers, ...(waits ? { approval: { ...stepped.approval, revisionId: revision._id } } : {}) } as object,
        $unset: { ...takenOff(content), ...(after.approval === undefined ? { approval: 1 } : {}) },
        $inc: { revision: 1 },
        $push: {
          revisionIds: { $each: waits ? replaced : [...replaced, revision._id] },
          ...(changes === undefined ? {} : { changes: { $each: changes } }),
        },
      },
    )
    if (saved === null) await this.refuseOverwriting(revision)
    await this.narrowFrom(article, readers)
    await this.with.reviewNews.asked(saved as Article)
    return saved as Article
  }

  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const article = await this.with.articles.own(person, slug)
    await this.write.erase({ _id: article._id })
    await this.with.comments.forgetAll({ type: 'article', id: article._id })
    await this.with.revisions.dropAll(article)
    await this.erased(article._id)
    await this.narrowed('article', article._id).catch(() => undefined)
  }

  /** Answers when the engine shows it to nobody who may not read it any more. */
  async narrowFrom(before: Pick<Article, '_id' | 'readers'>, readers: readonly string[]): Promise<void> {
    if (before.readers.some(token => !readers.includes(token))) await this.narrowed('article', before._id).catch(() => undefined)
  }

  /** What a step of the writer adds to the record. */
  private stepped(
    step: Step | undefined,
    article: Pick<Article, 'state' | 'kind' | 'reviewMonths' | 'publishedAt'>,
    byId: string,
    at: Date,
  ): Partial<Pick<Article, 'state' | 'approval' | 'changes' | 'publishedAt' | 'reviewed' | 'reviewDueAt'>> {
    if (step === undefined) return {}
    const { set, change } = following(step, article, { byId, at })
    const asks = step === 'ask for approval' || step === 'ask to change'
    return { ...set, changes: [change], ...(asks ? { approval: { askedById: byId, askedAt: at } } : {}) }
  }

  private keepRevision(
    person: SignedInPerson,
    articleId: string,
    revision: number,
    { title, text, kind, fields, summary, restoredFrom, readers }: ArticleContent & { readers: string[] },
    savedAt: Date,
  ): Promise<Revision> {
    const said = { ...(summary === undefined ? {} : { summary }), ...(restoredFrom === undefined ? {} : { restoredFrom }) }
    return this.with.revisions.keep({ articleId, revision, title, text, kind, fields, ...said, readers, savedAt, savedById: person.id })
  }

  private async refuseOverwriting(revision: Revision): Promise<never> {
    await this.with.revisions.drop(revision)
    throw new Conflict(
      'Somebody saved this article meanwhile, and nothing of theirs is overwritten. Look at it again, then do it once more.',
    )
  }
}
