import type { Clock } from '../../clock.ts'
import type { Comments } from '../../comments/comments.ts'
import { markdownToText } from '../../documents/markdown.ts'
import type { SearchType } from '../../search/searchType.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import { withAttached } from '../attachments/attachedRows.ts'
import type { AttachedTexts } from '../attachments/attachedTexts.ts'
import { fieldsText } from '../kinds/fieldPresenter.ts'
import { kindName, kindOf } from '../kinds/kinds.ts'
import { setAsideStates, stateId } from '../reviews/articleStates.ts'
import type { Article } from './articleModel.ts'
import { presentArticleRows } from './articleRows.ts'
import { presentArticleTable } from './articleTable.ts'

/** What the engine sees of an article: ids, never the names of other records. */
export const articleSearchType = (
  model: GuardedModel<Article>,
  { clock, comments, attachedTexts }: { clock: Clock; comments: Comments; attachedTexts: AttachedTexts },
): SearchType<Article> => ({
  type: 'article',
  heading: 'Knowledge',
  plural: 'articles',
  path: '/knowledge',
  titleOf: ({ title }) => title,
  hintOf: ({ kind }) => kindName(kind).toLowerCase(),
  model,
  mapping: {
    text: { title: { weight: 2 }, body: { weight: 1 }, attachments: { weight: 0.3 } },
    keywords: ['author', 'organisation', 'kind', 'skill', 'team', 'state', 'marking'],
    dates: ['updated'],
  },
  children: [comments.childrenOf('article'), attachedTexts],
  toSearchDocument: (article, childTexts = {}) => ({
    text: {
      title: article.title,
      body: [bodyOf(article), childTexts.body ?? ''].filter(text => text !== '').join('\n'),
      attachments: childTexts.attachments ?? '',
    },
    keywords: {
      author: article.authorIds,
      organisation: [article.organisationId],
      kind: [article.kind],
      skill: article.skillIds,
      state: [stateId(article.state)],
      marking: [article.marking ?? 'OFFICIAL'],
      team: article.owner.teamId === undefined ? [] : [article.owner.teamId],
    },
    dates: { updated: article.updatedAt },
  }),
  facets: ['organisation', 'kind', 'skill', 'state'],
  setAside: { field: 'state', values: setAsideStates.map(stateId), others: { state: { $nin: [...setAsideStates] } } },
  dateField: 'updated',
  contributors: { field: 'authorIds', keyword: 'author' },
  contributed: 'wrote',
  rowsName: 'articles',
  presentRows: async (found, named) => withAttached(await presentArticleRows(found, named, { now: clock.now() }), found, attachedTexts),
  presentTable: presentArticleTable,
})

/** What its kind asks for is searched with the text. */
function bodyOf({ text, kind, fields = [] }: Article): string {
  const said = fieldsText(kindOf(kind), fields)
  return said === '' ? markdownToText(text) : `${markdownToText(text)}\n${said}`
}
