import type { Article } from '../articles/articleModel.ts'
import { kindOf } from '../kinds/kinds.ts'

const dayMs = 86_400_000
/** From so many days before an article is due its owner is told; from the day itself every week. */
export const remindedDays = [30, 7] as const
const weekDays = 7

/** What can be chosen instead of the kind's own. */
export const reviewIntervals = [1, 3, 6, 12, 24, 36] as const

type Reviewable = Pick<Article, 'kind' | 'reviewMonths'>

export const reviewMonthsOf = ({ kind, reviewMonths }: Reviewable): number => reviewMonths ?? kindOf(kind).reviewMonths

/** When what was right on a day is looked at again. The 31st becomes the last day of a shorter month. */
export function nextReview(article: Reviewable, from: Date): Date {
  return later(from, reviewMonthsOf(article))
}

/** For what nobody has reviewed here: the first time after now, counted from when it was last changed, so that not all is due at once. */
export function firstReview(article: Reviewable, changedAt: Date, now: Date): Date {
  const months = reviewMonthsOf(article)
  const passed = (now.getUTCFullYear() - changedAt.getUTCFullYear()) * 12 + now.getUTCMonth() - changedAt.getUTCMonth()
  const rounds = Math.max(1, Math.floor(passed / months))
  const due = later(changedAt, rounds * months)
  return due > now ? due : later(changedAt, (rounds + 1) * months)
}

function later(from: Date, months: number): Date {
  const due = new Date(from)
  due.setUTCDate(1)
  due.setUTCMonth(due.getUTCMonth() + months)
  const lastDay = new Date(Date.UTC(due.getUTCFullYear(), due.getUTCMonth() + 1, 0)).getUTCDate()
  due.setUTCDate(Math.min(from.getUTCDate(), lastDay))
  return due
}

/** Days until it is due, rounded up; none or less when it is. */
export const daysUntil = (due: Date, now: Date): number => Math.ceil((due.getTime() - now.getTime()) / dayMs)

/** When the last reminder before now was due: 30 and 7 days before, on the day, then every week. Undefined before the first. */
export function lastReminder(due: Date, now: Date): Date | undefined {
  const left = daysUntil(due, now)
  if (left > remindedDays[0]) return undefined
  const days = left > remindedDays[1] ? remindedDays[0] : left > 0 ? remindedDays[1] : -weekDays * Math.floor(-left / weekDays)
  return new Date(due.getTime() - days * dayMs)
}
