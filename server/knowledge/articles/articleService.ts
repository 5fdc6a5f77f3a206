import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { readersOf } from '../../access/readers.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import type { TeamService } from '../../organisations/teamService.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { slugOf, slugWithId } from '../../storage/slugs.ts'
import type { ArticleForm } from './articleForms.ts'
import type { Article, Revision } from './articleModel.ts'

/** The rules of writing and reading articles. */
export class ArticleService {
  /** Told when fewer people may read an article than before; answers when the search engine knows. */
  narrowed: (type: string, id: string) => Promise<void> = async () => undefined
  private readonly models: Models
  private readonly teams: TeamService
  private readonly clock: Clock
  private readonly write: IndexedWrite<Article>

  constructor(models: Models, { teams, clock }: { teams: TeamService; clock: Clock }) {
    this.models = models
    this.teams = teams
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
    filter: { kind?: string; authorId?: string },
    page: { from: number; size: number },
  ): Promise<{ articles: Article[]; total: number }> {
    const wanted = {
      ...(filter.kind === undefined ? {} : { kind: filter.kind }),
      ...(filter.authorId === undefined ? {} : { authorIds: filter.authorId }),
    } as object
    const [articles, total] = await Promise.all([
      this.models.articles.find(wanted).readableBy(reader).sort({ updatedAt: -1 }).skip(page.from).limit(page.size).lean<Article[]>(),
      this.models.articles.countDocuments(wanted).readableBy(reader),
    ])
    return { articles, total }
  }

  /** @throws Forbidden when the person reads the article but may not change it */
  async editable(person: SignedInPerson, slug: string): Promise<Article> {
    const article = await this.readable(person, slug)
    if (!may(person, { verb: 'write article', record: article })) {
      throw new Forbidden('Only its authors, its team and the editors of its organisation can change this article.')
    }
    return article
  }

  async create(person: SignedInPerson, form: ArticleForm): Promise<Article> {
    const _id = newId()
    const now = this.clock.now()
    const content = await this.content(person, form, person.organisationId, [])
    const revision = await this.keepRevision(person, _id, 1, content, now)
    const state = stateAfter(form, 'draft')
    const article = {
      _id,
      ...content,
      state,
      revision: 1,
      revisionIds: [revision._id],
      createdAt: now,
      updatedAt: now,
      ...published(state, now),
    }
    const complete = { ...article, readers: readersOf(article) }
    const slug = slugOf(content.title)
    return this.write.create({ ...complete, slug }).catch(error => {
      if (isTaken(error)) return this.write.create({ ...complete, slug: slugWithId(content.title, _id) })
      throw error
    })
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, form: ArticleForm): Promise<Article> {
    const article = await this.editable(person, slug)
    const now = this.clock.now()
    const content = await this.content(person, form, article.organisationId, article.authorIds)
    const state = stateAfter(form, article.state)
    const readers = readersOf({ ...article, ...content, state })
    const revision = await this.keepRevision(person, article._id, form.revision + 1, content, now)
    const saved = await this.write.update(
      { _id: article._id, revision: form.revision },
      {
        $set: { ...content, state, readers, updatedAt: now, ...(article.publishedAt ? {} : published(state, now)) },
        $inc: { revision: 1 },
        $push: { revisionIds: revision._id },
      },
    )
    if (saved === null) await this.refuseOverwriting(revision)
    if (article.readers.some(token => !readers.includes(token))) await this.narrowed('article', article._id).catch(() => undefined)
    return saved as Article
  }

  /** Newest first; a revision is read through its article. */
  async history(reader: Reader, slug: string): Promise<{ article: Article; revisions: Revision[] }> {
    const article = await this.readable(reader, slug)
    const revisions = await this.models.revisions
      .find({ _id: { $in: article.revisionIds } })
      .sort({ revision: -1 })
      .lean<Revision[]>()
    return { article, revisions }
  }

  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const article = await this.editable(person, slug)
    await this.write.erase({ _id: article._id })
    await this.models.revisions.deleteMany({ articleId: article._id })
    await this.narrowed('article', article._id).catch(() => undefined)
  }

  private async content(person: SignedInPerson, form: ArticleForm, organisationId: string, authorIds: readonly string[]) {
    const chosen = form.visibility === 'chosen' ? form.chosenOrganisations : []
    if (form.visibility === 'chosen' && chosen.length === 0) throw new Invalid({ chosenOrganisations: 'Choose at least one organisation' })
    const firstAuthor = authorIds[0] ?? person.id
    const authors = await this.known('people', form.coAuthors, person)
    return {
      title: form.title,
      kind: form.kind,
      text: form.text,
      organisationId,
      owner: await this.owner(person, form, firstAuthor),
      authorIds: [...new Set([firstAuthor, ...authors])],
      visibility: form.visibility,
      chosenOrganisationIds: await this.known('organisations', chosen, person),
      skillIds: await this.known('skills', form.skills, person),
    }
  }

  private async owner(person: SignedInPerson, form: ArticleForm, firstAuthor: string): Promise<Article['owner']> {
    const teamId = form.owner.startsWith('team:') ? form.owner.slice('team:'.length) : undefined
    if (teamId === undefined) {
      if (form.visibility === 'team')
        throw new Invalid({ visibility: 'Only an article that a team owns can be kept to that team: choose the team as owner' })
      return { personId: firstAuthor }
    }
    await this.teams.byId(person, teamId).catch(() => {
      throw new Invalid({ owner: 'Choose one of the teams in the list' })
    })
    return { teamId }
  }

  /** Those of the ids that the person may know of: others were not in the list that they chose from. */
  private async known(collection: 'people' | 'organisations' | 'skills', ids: readonly string[], reader: Reader): Promise<string[]> {
    if (ids.length === 0) return []
    const model = this.models[collection] as Models['organisations']
    const found = await model
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .select({ _id: 1 })
      .lean()
    const there = new Set(found.map(record => record._id))
    return ids.filter((id, position) => there.has(id) && ids.indexOf(id) === position)
  }

  private async keepRevision(
    person: SignedInPerson,
    articleId: string,
    revision: number,
    { title, text }: { title: string; text: string },
    savedAt: Date,
  ): Promise<Revision> {
    const kept = { _id: newId(), articleId, revision, title, text, savedAt, savedById: person.id }
    await this.models.revisions.insertMany([kept], { lean: true })
    return kept
  }

  /** The text that came too late stays among the revisions' records, but is part of no history. */
  private async refuseOverwriting(revision: Revision): Promise<never> {
    await this.models.revisions.deleteOne({ _id: revision._id })
    throw new Conflict(
      'Somebody saved this article while you were writing. Your text is still below: open the article in another tab, bring both together and save again.',
    )
  }
}

function stateAfter(form: ArticleForm, before: Article['state']): Article['state'] {
  return form.then === 'publish' ? 'published' : before
}

const published = (state: Article['state'], now: Date) => (state === 'published' ? { publishedAt: now } : {})

const isTaken = (error: unknown) => typeof error === 'object' && error !== null && 'code' in error && error.code === 11000
