import { fixedNames } from '../../search/fixedNames.ts'

export const articleStates = ['draft', 'in approval', 'published', 'needs review', 'archived', 'superseded'] as const
export type ArticleState = (typeof articleStates)[number]

/** Those that are there for their readers as what holds now. */
export const currentStates: readonly ArticleState[] = ['published', 'needs review']
/** Those that are found only when they are asked for. */
export const setAsideStates: readonly ArticleState[] = ['archived', 'superseded']
/** Those that only the ones who write it, and who approves it, can read. */
export const unpublishedStates: readonly ArticleState[] = ['draft', 'in approval']

/** Those that a file can give: nobody is asked to approve what is imported, and time says what is due. */
export const importedStates = ['draft', 'published', 'archived'] as const

/** As addresses and the search engine have it: "needs-review". */
export const stateId = (state: ArticleState): string => state.replaceAll(' ', '-')
export const stateOfId = (id: unknown): ArticleState | undefined => articleStates.find(state => stateId(state) === id)

export const stateName = (state: ArticleState): string => `${state[0]?.toUpperCase()}${state.slice(1)}`

export const stateDirectory = fixedNames(
  'state',
  'State',
  Object.fromEntries(articleStates.map(state => [stateId(state), stateName(state)])),
)
