import type { FeatureServices } from '../../feature.ts'
import { Batch, isRefused, refusedOr } from '../../imports/batch.ts'
import { freeSlugs } from '../../imports/freeSlugs.ts'
import type { ImportContext, Importer, Outcome } from '../../imports/importer.ts'
import { readRow } from '../../imports/rowFields.ts'
import type { Models } from '../../models.ts'
import type { NamedAuthors } from '../../people/imports/namedAuthors.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from '../articles/articleModel.ts'
import { kindOf } from '../kinds/kinds.ts'
import { unpublishedStates } from '../reviews/articleStates.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import { changedArticle, newArticle } from './articleRecords.ts'
import { ArticleReferences, type Named } from './articleReferences.ts'
import { type ArticleRow, articleRow } from './articleRow.ts'

type Needed = Pick<FeatureServices, 'organisations' | 'teams' | 'skills' | 'authors' | 'articles'> & {
  models: Pick<Models, 'articles' | 'revisions'>
}

export interface ArticlesImporter extends Importer<ArticleRow> {
  /** What `keep` would come to. Nothing is kept. */
  plan(rows: readonly ArticleRow[]): Promise<Outcome[]>
}

/** Articles, the profiles of authors whom nobody knew, and the first revision of each text. */
export async function articlesImport({ models, ...services }: Needed, context: ImportContext): Promise<ArticlesImporter> {
  const { clock } = context
  const references = await ArticleReferences.load(services, context)
  const write = new IndexedWrite<Article>(models.articles, 'title', clock)

  async function prepare(rows: readonly ArticleRow[]) {
    const existing = await existingArticles(rows)
    const named = rows.map(row => refusedOr(() => references.of(row, existing.get(row.id))))
    const authors = await services.authors.named(named.flatMap(names => (isRefused(names) ? [] : names.people)))
    const batch = new Batch<Article>()
    const revisions: Revision[] = []
    const outcomes: Outcome[] = []
    for (const [position, row] of rows.entries()) {
      const names = named[position] as (typeof named)[number]
      outcomes.push(isRefused(names) ? names : await keepOne(row, names, authors, batch, revisions))
    }
    return { outcomes, batch, revisions, authors }
  }

  async function plan(rows: readonly ArticleRow[]): Promise<Outcome[]> {
    return (await prepare(rows)).outcomes
  }

  async function keep(rows: readonly ArticleRow[]): Promise<Outcome[]> {
    const { outcomes, batch, revisions, authors } = await prepare(rows)
    await services.authors.keepAdded(authors)
    if (revisions.length > 0) await models.revisions.insertMany(revisions, { lean: true })
    const slugs = await freeSlugs(
      models.articles,
      batch.added.map(({ _id, title, slug }) => ({ id: _id, title, slug })),
    )
    for (const article of batch.added) article.slug = slugs.get(article._id) as string
    await batch.write(write)
    return outcomes
  }

  async function keepOne(
    row: ArticleRow,
    names: Named,
    authors: NamedAuthors,
    batch: Batch<Article>,
    revisions: Revision[],
  ): Promise<Outcome> {
    const fields = await references.resolve(row, names, authors)
    if (isRefused(fields)) return fields
    if (names.existing === undefined) {
      const made = newArticle(row.id, fields, clock.now())
      batch.added.push(made.article)
      revisions.push(...made.revisions)
      return 'added'
    }
    const change = changedArticle(names.existing, fields, clock.now())
    if (change === undefined) return 'unchanged'
    if (change.revision !== undefined && context.keeper !== undefined && isApproved(names.existing, row))
      return { refused: 'what was approved is changed on its page, where somebody approves the change' }
    batch.changes.push({ filter: { _id: names.existing._id, revision: names.existing.revision }, change: change.update })
    if (change.revision !== undefined) revisions.push(change.revision)
    return 'changed'
  }

  async function existingArticles(rows: readonly ArticleRow[]): Promise<Map<string, Article>> {
    const ids = rows.map(({ id }) => id)
    const found = await services.articles.inFiles(ids, context.keeper?.organisationId)
    return new Map(found.flatMap(article => [article._id, article.sourceId ?? article._id].map(id => [id, article] as const)))
  }

  return {
    columns: Object.keys(articleRow.shape),
    needed: ['id'],
    read: cells => readRow(articleRow, 'articles', cells),
    keep,
    plan,
  }
}

const isApproved = ({ state, kind }: Article, row: ArticleRow): boolean =>
  !unpublishedStates.includes(state) && [kind, row.kind ?? kind].some(id => kindOf(id).needsApproval)
