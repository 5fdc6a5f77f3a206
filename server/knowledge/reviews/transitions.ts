import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Owned } from '../../access/readers.ts'
import type { ArticleState } from './articleStates.ts'

/** That an article became something else, or was found to be right. */
export interface StateChange {
  step: Step
  from: ArticleState
  to: ArticleState
  /** Absent when time did it. */
  byId?: string
  at: Date
  reason?: string
}

interface Transition {
  from: readonly ArticleState[]
  /** Absent when the state stays. */
  to?: ArticleState
  /** Left out, time alone does it. */
  who?: 'write article' | 'approve article'
  /** Whether something must be waiting for approval, or must not. */
  approval?: 'asked' | 'not asked'
}

export type Step =
  | 'publish'
  | 'ask for approval'
  | 'withdraw'
  | 'approve'
  | 'refuse'
  | 'ask to change'
  | 'withdraw change'
  | 'approve change'
  | 'refuse change'
  | 'still right'
  | 'fall due'
  | 'archive'
  | 'supersede'
  | 'bring back'

/** Every way from one state to another, and whose it is. A change to what is published waits beside it: the state stays. */
export const transitions: Readonly<Record<Step, Transition>> = {
  publish: { from: ['draft', 'in approval'], to: 'published', who: 'write article' },
  'ask for approval': { from: ['draft', 'in approval'], to: 'in approval', who: 'write article' },
  withdraw: { from: ['in approval'], to: 'draft', who: 'write article' },
  approve: { from: ['in approval'], to: 'published', who: 'approve article', approval: 'asked' },
  refuse: { from: ['in approval'], to: 'draft', who: 'approve article', approval: 'asked' },
  'ask to change': { from: ['published', 'needs review'], who: 'write article' },
  'withdraw change': { from: ['published', 'needs review'], who: 'write article', approval: 'asked' },
  'approve change': { from: ['published', 'needs review'], to: 'published', who: 'approve article', approval: 'asked' },
  'refuse change': { from: ['published', 'needs review'], who: 'approve article', approval: 'asked' },
  'still right': { from: ['published', 'needs review'], to: 'published', who: 'write article' },
  'fall due': { from: ['published'], to: 'needs review' },
  archive: { from: ['published', 'needs review', 'superseded'], to: 'archived', who: 'write article', approval: 'not asked' },
  supersede: { from: ['published', 'needs review'], to: 'superseded', who: 'write article', approval: 'not asked' },
  'bring back': { from: ['archived', 'superseded'], to: 'needs review', who: 'write article' },
}

type Standing = Owned & { state: ArticleState }

/** Whether the article is where this step begins. */
export function isPossible(step: Step, article: Standing): boolean {
  const { from, approval } = transitions[step]
  const isAsked = article.approval !== undefined
  return from.includes(article.state) && (approval === undefined || isAsked === (approval === 'asked'))
}

export function mayTake(person: SignedInPerson, step: Step, article: Standing): boolean {
  const { who } = transitions[step]
  return who !== undefined && isPossible(step, article) && may(person, { verb: who, record: article })
}

export const stateAfter = (step: Step, { state }: Standing): ArticleState => transitions[step].to ?? state
