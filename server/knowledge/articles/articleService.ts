import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import type { ArticleContent } from './articleContent.ts'
import type { Article, Revision } from './articleModel.ts'

/** The rules of writing and reading articles. */
export class ArticleService {
  /** Told when fewer people may read an article than before; answers when the search engine knows. */
  narrowed: (type: string, id: string) => Promise<void> = async () => undefined
  private readonly models: Pick<Models, 'articles' | 'revisions'>
  private readonly clock: Clock
  private readonly write: IndexedWrite<Article>

  constructor(models: Pick<Models, 'articles' | 'revisions'>, clock: Clock) {
    this.models = models
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

  /** Newest first. */
  async list(
    reader: Reader,
    filter: { kind?: string; authorId?: string; skillId?: string; organisationId?: string; state?: Article['state'] },
    page: { from: number; size: number },
  ): Promise<{ articles: Article[]; total: number }> {
    const wanted = {
      ...(filter.kind === undefined ? {} : { kind: filter.kind }),
      ...(filter.authorId === undefined ? {} : { authorIds: filter.authorId }),
      ...(filter.skillId === undefined ? {} : { skillIds: filter.skillId }),
      ...(filter.organisationId === undefined ? {} : { organisationId: filter.organisationId }),
      ...(filter.state === undefined ? {} : { state: filter.state }),
    } as object
    const [articles, total] = await Promise.all([
      this.models.articles.find(wanted).readableBy(reader).sort({ updatedAt: -1 }).skip(page.from).limit(page.size).lean<Article[]>(),
      this.models.articles.countDocuments(wanted).readableBy(reader),
    ])
    return { articles, total }
  }

  /** How many of somebody's articles name each skill, of those that the reader may see. */
  async countsBySkill(reader: Reader, authorId: string): Promise<ReadonlyMap<string, number>> {
    const found = await this.models.articles.find({ authorIds: authorId }).readableBy(reader).select({ skillIds: 1 }).lean<Article[]>()
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
  async editable(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.readable(person, slug)
    if (!may(person, { verb: 'write article', record: article })) {
      throw new Forbidden('Only its authors, its team and the editors of its organisation can change this article.')
    }
    return article
  }

  async create(person: SignedInPerson, content: ArticleContent): Promise<Article> {
    const _id = newId()
    const now = this.clock.now()
    const state: Article['state'] = content.publish ? 'published' : 'draft'
    const fields = { organisationId: person.organisationId, ...fieldsOf(content, [person.id], { personId: person.id }), state }
    const readers = readersOf(fields)
    const revision = await this.keepRevision(person, _id, 1, { ...content, readers }, now)
    const dates = { createdAt: now, updatedAt: now, ...published(state, now) }
    const complete = { _id, ...fields, readers, revision: 1, revisionIds: [revision._id], ...dates }
    return withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, content: ArticleContent): Promise<Article> {
    const article = await this.editable(person, slug)
    const now = this.clock.now()
    const state = content.publish ? 'published' : article.state
    const firstAuthor = article.authorIds.slice(0, 1)
    const personId = content.ownerId ?? article.owner.personId ?? firstAuthor[0] ?? person.id
    const fields = fieldsOf(content, firstAuthor, { personId })
    const readers = readersOf({ ...article, ...fields, state })
    const revision = await this.keepRevision(person, article._id, content.revision + 1, { ...content, readers }, now)
    const saved = await this.write.update(
      { _id: article._id, revision: content.revision },
      {
        $set: { ...fields, state, readers, updatedAt: now, ...(article.publishedAt ? {} : published(state, now)) },
        $inc: { revision: 1 },
        $push: { revisionIds: revision._id },
      },
    )
    if (saved === null) await this.refuseOverwriting(revision)
    if (article.readers.some(token => !readers.includes(token))) await this.narrowed('article', article._id).catch(() => undefined)
    return saved as Article
  }

  /** Newest first; read through the article, and by those who could read the article when the revision was saved, or change it now. */
  async history(person: SignedInPerson, slug: string): Promise<{ article: Article; revisions: Revision[] }> {
    const article = await this.readable(person, slug)
    const all = await this.models.revisions
      .find({ _id: { $in: article.revisionIds } })
      .sort({ revision: -1 })
      .lean<Revision[]>()
    const seesAll = may(person, { verb: 'write article', record: article })
    return { article, revisions: all.filter(({ readers }) => seesAll || readers.some(token => person.tokens.includes(token))) }
  }

  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const article = await this.editable(person, slug)
    await this.write.erase({ _id: article._id })
    await this.models.revisions.deleteMany({ articleId: article._id })
    await this.narrowed('article', article._id).catch(() => undefined)
  }

  private async keepRevision(
    person: SignedInPerson,
    articleId: string,
    revision: number,
    { title, text, readers }: Pick<Revision, 'title' | 'text' | 'readers'>,
    savedAt: Date,
  ): Promise<Revision> {
    const kept = { _id: newId(), articleId, revision, title, text, readers, savedAt, savedById: person.id }
    await this.models.revisions.insertMany([kept], { lean: true })
    return kept
  }

  private async refuseOverwriting(revision: Revision): Promise<never> {
    await this.models.revisions.deleteOne({ _id: revision._id })
    throw new Conflict(
      'Somebody saved this article while you were writing. Nothing is lost: what you typed is in the form, and what they saved is above it. Bring both together and save again.',
    )
  }
}

function fieldsOf(content: ArticleContent, firstAuthor: string[], withoutTeam: { personId: string }) {
  const { title, kind, text, visibility, chosenOrganisationIds, skillIds, teamId, coAuthorIds } = content
  const owner: Article['owner'] = teamId === undefined ? withoutTeam : { teamId }
  const authorIds = [...new Set([...firstAuthor, ...coAuthorIds])]
  return { title, kind, text, visibility, chosenOrganisationIds, skillIds, owner, authorIds }
}

const published = (state: Article['state'], now: Date) => (state === 'published' ? { publishedAt: now } : {})
