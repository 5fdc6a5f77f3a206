import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Conflict } from '../../failures.ts'
import type { ArticleContent } from '../articles/articleContent.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleService } from '../articles/articleService.ts'
import type { ArticleWriting } from '../articles/articleWriting.ts'
import { kindOf } from '../kinds/kinds.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import type { Revision } from './revisionModel.ts'
import { noSuchRevision, type Revisions } from './revisions.ts'

/** The history of an article: seen, compared, brought back. */
export class RevisionService {
  private readonly articles: ArticleService
  private readonly articleWriting: ArticleWriting
  private readonly revisions: Revisions

  constructor({ articles, articleWriting, revisions }: { articles: ArticleService; articleWriting: ArticleWriting; revisions: Revisions }) {
    this.articles = articles
    this.articleWriting = articleWriting
    this.revisions = revisions
  }

  /** Newest first. @throws NotFound */
  async history(person: SignedInPerson, slug: string): Promise<{ article: Article; revisions: Revision[] }> {
    const article = await this.articles.readable(person, slug)
    return { article, revisions: await this.revisions.of(article, person) }
  }

  /**
   * Two revisions, the earlier first; without `to` the newest, without `from` the one before it that the reader may read.
   * @throws NotFound
   */
  async compared(
    person: SignedInPerson,
    slug: string,
    asked: { from: number | undefined; to: number | 'waiting' | undefined },
  ): Promise<{ article: Article; before: Revision; after: Revision }> {
    const { article, revisions } = await this.history(person, slug)
    const waiting = asked.to === 'waiting' ? await this.revisions.waiting(article, person) : undefined
    const after =
      asked.to === 'waiting' ? waiting : asked.to === undefined ? revisions[0] : revisions.find(({ revision }) => revision === asked.to)
    if (after === undefined) throw noSuchRevision()
    const earlier = revisions.find(({ revision }) => (asked.from === undefined ? revision < after.revision : revision === asked.from))
    const before = asked.to === 'waiting' && asked.from === undefined ? asPublished(article) : earlier
    if (before === undefined) throw noSuchRevision()
    return before.revision > after.revision ? { article, before: after, after: before } : { article, before, after }
  }

  /**
   * Saves the text of an earlier revision again, as a new one.
   * @throws Conflict when somebody saved meanwhile, or when nobody is named who would approve it
   */
  async restore(person: SignedInPerson, slug: string, number: number): Promise<Article> {
    const article = await this.articles.editable(person, slug)
    const { title, text, kind = article.kind, fields = article.fields ?? [] } = await this.revisions.numbered(article, number, person)
    if (kindOf(kind).needsApproval && article.approverId === undefined && !unpublishedStates.includes(article.state))
      throw new Conflict('Nobody is named who approves it. Edit the article, name an approver, then bring the revision back.')
    const restored = { title, text, kind, fields, summary: `Brought back revision ${number}`, restoredFrom: number }
    return this.articleWriting.save(person, slug, { ...settingsOf(article), ...restored })
  }
}

/** What is published, where a change to it waits: the last revision of the history may be one that was sent back. */
const asPublished = (article: Article): Revision => ({
  ...{ _id: '', articleId: article._id, revision: 0, title: article.title, text: article.text, kind: article.kind },
  ...{ fields: article.fields ?? [], readers: article.readers, savedAt: article.updatedAt, savedById: article.authorIds[0] ?? '' },
})

function settingsOf(article: Article): Omit<ArticleContent, 'title' | 'text' | 'kind' | 'fields'> {
  const { owner, authorIds, thankedIds = [], marking = 'OFFICIAL', visibility, chosenOrganisationIds, skillIds, revision } = article
  return {
    ...{ coAuthorIds: authorIds.slice(1), thankedIds, marking, visibility, chosenOrganisationIds, skillIds, revision },
    ...(owner.teamId === undefined ? { ownerId: owner.personId } : { teamId: owner.teamId }),
    ...(article.approverId === undefined ? {} : { approverId: article.approverId }),
    ...(article.reviewMonths === undefined ? {} : { reviewMonths: article.reviewMonths }),
    publish: !unpublishedStates.includes(article.state),
  }
}
