import { isSensitive } from '../articles/articleMarking.ts'
import type { Article } from '../articles/articleModel.ts'

export interface Badge {
  text: string
  kind: 'good' | 'attention' | 'plain'
}

const dayMs = 86_400_000

/** What tells at a glance whether an article can be trusted. */
export function badgesOf(article: Article, now: Date, reviewer?: string): Badge[] {
  return [...marking(article), ...state(article), ...reviewedBadge(article, now, reviewer)]
}

const marking = (article: Article): Badge[] => (isSensitive(article) ? [{ text: 'OFFICIAL-SENSITIVE', kind: 'attention' }] : [])

function state({ state, approval }: Article): Badge[] {
  if (state === 'published') return approval === undefined ? [] : [{ text: 'change in approval', kind: 'plain' }]
  return [{ text: state, kind: state === 'archived' || state === 'superseded' ? 'plain' : 'attention' }]
}

function reviewedBadge({ state, reviewed }: Article, now: Date, reviewer?: string): Badge[] {
  if (reviewed === undefined || state !== 'published') return []
  return [{ text: `reviewed ${ago(reviewed.at, now)}${reviewer === undefined ? '' : ` by ${reviewer}`}`, kind: 'good' }]
}

/** "today", "12 days ago", "5 months ago" */
export function ago(then: Date, now: Date): string {
  const days = Math.floor((now.getTime() - then.getTime()) / dayMs)
  if (days <= 0) return 'today'
  if (days === 1) return 'yesterday'
  return days < 60 ? `${days} days ago` : `${Math.floor(days / 30.4)} months ago`
}
