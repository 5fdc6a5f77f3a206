import type { Article, Revision } from '../knowledge/articles/articleModel.ts'
import type { Person } from '../people/personModel.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { changedArticle, newArticle } from './articleRecords.ts'
import { ArticleReferences, type Named } from './articleReferences.ts'
import { type ArticleRow, articleRow } from './articleRow.ts'
import { Authors } from './authors.ts'
import { Batch, isRefused, refusedOr } from './batch.ts'
import { freeSlugs } from './freeSlugs.ts'
import type { ImportContext, Importer, Outcome } from './importer.ts'
import { readRow } from './rowFields.ts'

/** Articles, the profiles of authors whom nobody knew, and the first revision of each text. */
export async function articlesImport(context: ImportContext): Promise<Importer<ArticleRow>> {
  const { models, clock } = context
  const references = await ArticleReferences.load(context)
  const writes = {
    articles: new IndexedWrite<Article>(models.articles, 'title', clock),
    people: new IndexedWrite<Person>(models.people, 'name', clock),
  }

  async function keep(rows: readonly ArticleRow[]): Promise<Outcome[]> {
    const existing = await existingArticles(models.articles, rows)
    const named = rows.map(row => refusedOr(() => references.of(row, existing.get(row.id))))
    const authors = await Authors.named(
      models.people,
      named.flatMap(names => (isRefused(names) ? [] : names.people)),
    )
    const batch = new Batch<Article>()
    const revisions: Revision[] = []
    const outcomes: Outcome[] = []
    for (const [position, row] of rows.entries()) {
      const names = named[position] as (typeof named)[number]
      outcomes.push(isRefused(names) ? names : await keepOne(row, names, authors, batch, revisions))
    }
    await authors.write(models.people, writes.people)
    if (revisions.length > 0) await models.revisions.insertMany(revisions, { lean: true })
    const slugs = await freeSlugs(
      models.articles,
      batch.added.map(({ _id, title }) => ({ id: _id, title })),
    )
    for (const article of batch.added) article.slug = slugs.get(article._id) as string
    await batch.write(writes.articles)
    return outcomes
  }

  async function keepOne(row: ArticleRow, names: Named, authors: Authors, batch: Batch<Article>, revisions: Revision[]): Promise<Outcome> {
    const fields = await references.resolve(row, names, authors)
    if (isRefused(fields)) return fields
    if (names.existing === undefined) {
      const { article, revision } = newArticle(row.id, fields, clock.now())
      batch.added.push(article)
      revisions.push(revision)
      return 'added'
    }
    const change = changedArticle(names.existing, fields, clock.now())
    if (change === undefined) return 'unchanged'
    batch.changes.push({ filter: { _id: names.existing._id, revision: names.existing.revision }, change: change.update })
    if (change.revision !== undefined) revisions.push(change.revision)
    return 'changed'
  }

  return {
    type: 'articles',
    columns: Object.keys(articleRow.shape),
    needed: ['id'],
    read: cells => readRow(articleRow, 'articles', cells),
    keep,
  }
}

async function existingArticles(model: ImportContext['models']['articles'], rows: readonly ArticleRow[]): Promise<Map<string, Article>> {
  const filter = { sourceId: { $in: rows.map(({ id }) => id) } }
  const found = await model.find(filter).asSystem('an import finds what its rows name').lean<Article[]>()
  return new Map(found.map(article => [article.sourceId as string, article]))
}
