import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { closeReadersOf, type Marking, readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import type { Comments } from '../../comments/comments.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import { setAsideStates } from '../reviews/articleStates.ts'
import type { ReviewNews } from '../reviews/reviewNews.ts'
import type { Step } from '../reviews/transitions.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import type { Revisions } from '../revisions/revisions.ts'
import type { ArticleContent } from './articleContent.ts'
import { requireMarkable } from './articleMarking.ts'
import type { Article } from './articleModel.ts'
import { dueAnew, fieldsOf, following, savingOf, takenOff } from './articleSaving.ts'

export interface ArticleFilter {
  kind?: string
  authorId?: string
  skillId?: string
  organisationId?: string
  /** Left out, all but those that are set aside. */
  states?: readonly Article['state'][]
  /** Left out, both. */
  marking?: Marking
}

/** The rules of writing and reading articles. */
export class ArticleService {
  /** Told when fewer people may read an article than before; answers when the search engine knows. */
  narrowed: (type: string, id: string) => Promise<void> = async () => undefined
  /** Told when an article is deleted, to take away what belongs to it. */
  erased: (id: string) => Promise<void> = async () => undefined
  private readonly models: Pick<Models, 'articles'>
  private readonly revisions: Revisions
  private readonly news: ReviewNews
  private readonly comments: Comments
  private readonly clock: Clock
  private readonly write: IndexedWrite<Article>

  constructor(
    models: Pick<Models, 'articles'>,
    { revisions, reviewNews, comments, clock }: { revisions: Revisions; reviewNews: ReviewNews; comments: Comments; clock: Clock },
  ) {
    this.models = models
    this.revisions = revisions
    this.news = reviewNews
    this.comments = comments
    this.clock = clock
    this.write = new IndexedWrite(models.articles, 'title', clock)
  }

  /** @throws NotFound: a hidden article and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Article> {
    const article = await this.models.articles.findOne({ slug }).readableBy(reader).lean<Article>()
    if (article === null)
      throw new NotFound('There is no such article, or it is not shared with you. Search for it, or ask its author to share it.')
    return article
  }

  /** Those of the ids that the reader may read. */
  async among(reader: Reader, ids: readonly string[]): Promise<Article[]> {
    const found = this.models.articles.find({ _id: { $in: [...ids] } }).readableBy(reader)
    return found.select({ title: 1, slug: 1, marking: 1 }).lean<Article[]>()
  }

  /** Newest first. */
  async list(reader: Reader, filter: ArticleFilter, page: { from: number; size: number }): Promise<{ articles: Article[]; total: number }> {
    const wanted = filterOf(filter)
    const [articles, total] = await Promise.all([
      this.models.articles.find(wanted).readableBy(reader).sort({ updatedAt: -1 }).skip(page.from).limit(page.size).lean<Article[]>(),
      this.models.articles.countDocuments(wanted).readableBy(reader),
    ])
    return { articles, total }
  }

  /** How many of somebody's articles name each skill, of those that the reader may see. */
  async countsBySkill(reader: Reader, authorId: string): Promise<ReadonlyMap<string, number>> {
    const found = await this.models.articles.find(filterOf({ authorId })).readableBy(reader).select({ skillIds: 1 }).lean<Article[]>()
    const counts = new Map<string, number>()
    for (const id of found.flatMap(({ skillIds }) => skillIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }

  /** For imports and evaluations: those of these ids in their files, whoever may read them. */
  bySourceIds(ids: readonly string[]): Promise<Article[]> {
    const filter = { sourceId: { $in: [...ids] } }
    return this.models.articles.find(filter).asSystem('a file names articles by the ids it gave them').lean<Article[]>()
  }

  /** @throws Forbidden when the person reads the article but may not change it */
  async own(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.readable(person, slug)
    if (!may(person, { verb: 'write article', record: article })) {
      throw new Forbidden('Only its authors, its team and the editors of its organisation can change this article.')
    }
    return article
  }

  /** @throws Forbidden, also for what is set aside */
  async editable(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.own(person, slug)
    if (setAsideStates.includes(article.state))
      throw new Forbidden(`This article is ${article.state}, so it is not changed any more. Bring it back on its page first.`)
    return article
  }

  async create(person: SignedInPerson, content: ArticleContent): Promise<Article> {
    const _id = newId()
    const now = this.clock.now()
    const { organisationId } = person
    const written = { organisationId, ...fieldsOf(content, [person.id], { personId: person.id }), state: 'draft' as Article['state'] }
    requireMarkable(person, written)
    const { step } = savingOf(undefined, content)
    const made = { ...written, ...this.stepped(step, written, person.id, now) }
    const readers = readersOf(made)
    const revision = await this.keepRevision(person, _id, 1, { ...content, readers }, now)
    const complete = { _id, ...made, readers, revision: 1, revisionIds: [revision._id], createdAt: now, updatedAt: now }
    const created = await withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
    await this.news.asked(created)
    return created
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, content: ArticleContent): Promise<Article> {
    const article = await this.editable(person, slug)
    const now = this.clock.now()
    const firstAuthor = article.authorIds.slice(0, 1)
    const personId = content.ownerId ?? article.owner.personId ?? firstAuthor[0] ?? person.id
    const fields = fieldsOf(content, firstAuthor, { personId })
    requireMarkable(person, { ...article, ...fields }, article.marking)
    const { step } = savingOf(article, content)
    const waits = step === 'ask to change'
    const { title, kind, text, fields: kindFields, ...settings } = fields
    const said = waits ? settings : { ...settings, title, kind, text, fields: kindFields, updatedAt: now, ...dueAnew(article, fields) }
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
    await this.news.asked(saved as Article)
    return saved as Article
  }

  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const article = await this.own(person, slug)
    await this.write.erase({ _id: article._id })
    await this.comments.forgetAll({ type: 'article', id: article._id })
    await this.revisions.dropAll(article)
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
    return this.revisions.keep({ articleId, revision, title, text, kind, fields, ...said, readers, savedAt, savedById: person.id })
  }

  private async refuseOverwriting(revision: Revision): Promise<never> {
    await this.revisions.drop(revision)
    throw new Conflict(
      'Somebody saved this article while you were writing. Nothing is lost: what you typed is in the form, and what they saved is above it. Bring both together and save again.',
    )
  }
}

function filterOf({ kind, authorId, skillId, organisationId, states, marking }: ArticleFilter): object {
  return {
    state: states === undefined ? { $nin: [...setAsideStates] } : { $in: [...states] },
    ...(kind === undefined ? {} : { kind }),
    ...(authorId === undefined ? {} : { authorIds: authorId }),
    ...(skillId === undefined ? {} : { skillIds: skillId }),
    ...(organisationId === undefined ? {} : { organisationId }),
    ...(marking === undefined ? {} : { marking: marking === 'OFFICIAL' ? { $ne: 'OFFICIAL-SENSITIVE' } : marking }),
  }
}
