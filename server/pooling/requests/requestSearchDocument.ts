import type { Comments } from '../../comments/comments.ts'
import { markdownToText } from '../../documents/markdown.ts'
import type { SearchType } from '../../search/searchType.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import type { HelpRequest } from './requestModel.ts'
import { presentRequestRows, presentRequestTable } from './requestRows.ts'
import { setAsideStates, stateId, typeNames } from './requestStates.ts'

/** What the engine sees of a request: what is asked and answered in the open, never whom it was sent to. */
export const requestSearchType = (model: GuardedModel<HelpRequest>, { comments }: { comments: Comments }): SearchType<HelpRequest> => ({
  type: 'request',
  heading: 'Requests',
  plural: 'requests',
  path: '/requests',
  titleOf: ({ title }) => title,
  hintOf: ({ type }) => `request, ${typeNames[type].toLowerCase()}`,
  model,
  mapping: {
    text: { title: { weight: 2 }, body: { weight: 1 } },
    keywords: ['author', 'organisation', 'skill', 'progress'],
    dates: ['updated'],
  },
  children: [comments.childrenOf('request')],
  toSearchDocument: ({ title, text, work, contributorIds, organisationId, skills, state, updatedAt }, childTexts = {}) => ({
    text: {
      title,
      body: [markdownToText(text), work?.effort, work?.place, childTexts.body].filter(part => part !== undefined && part !== '').join('\n'),
    },
    keywords: {
      author: contributorIds,
      organisation: [organisationId],
      skill: skills.map(({ skillId }) => skillId),
      progress: [stateId(state)],
    },
    dates: { updated: updatedAt },
  }),
  facets: ['organisation', 'skill', 'progress'],
  setAside: { field: 'progress', values: setAsideStates.map(stateId), others: { state: { $nin: [...setAsideStates] } } },
  dateField: 'updated',
  contributors: { field: 'contributorIds', keyword: 'author' },
  contributed: 'helped with',
  rowsName: 'articles',
  presentRows: presentRequestRows,
  presentTable: presentRequestTable,
})
