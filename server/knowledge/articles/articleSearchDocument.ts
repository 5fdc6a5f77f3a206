import { markdownToText } from '../../documents/markdown.ts'
import type { SearchType } from '../../search/searchType.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import type { Article } from './articleModel.ts'
import { presentArticleRows } from './articleRows.ts'
import { presentArticleTable } from './articleTable.ts'

/** What the engine sees of an article: ids, never the names of other records. */
export const articleSearchType = (model: GuardedModel<Article>): SearchType<Article> => ({
  type: 'article',
  heading: 'Knowledge',
  plural: 'articles',
  path: '/knowledge',
  titleOf: ({ title }) => title,
  model,
  mapping: {
    text: { title: { weight: 2 }, body: { weight: 1 } },
    keywords: ['author', 'organisation', 'kind', 'skill', 'team'],
    dates: ['updated'],
  },
  toSearchDocument: article => ({
    text: { title: article.title, body: markdownToText(article.text) },
    keywords: {
      author: article.authorIds,
      organisation: [article.organisationId],
      kind: [article.kind],
      skill: article.skillIds,
      team: article.owner.teamId === undefined ? [] : [article.owner.teamId],
    },
    dates: { updated: article.updatedAt },
  }),
  facets: ['organisation', 'kind', 'skill'],
  dateField: 'updated',
  contributors: { field: 'authorIds', keyword: 'author' },
  contributed: 'wrote',
  rowsName: 'articles',
  presentRows: presentArticleRows,
  presentTable: presentArticleTable,
})
