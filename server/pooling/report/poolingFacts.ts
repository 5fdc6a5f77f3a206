import type { Comment } from '../../comments/commentModel.ts'
import type { LedgerEntry } from '../ledger/ledgerModel.ts'
import type { ReportedRequest } from '../requests/requestService.ts'
import { type Month, monthOf } from './months.ts'

/** Where and when something counts; without an organisation it is of somebody who left or is not shown. */
export interface Place {
  organisationId?: string | undefined
  month: Month
}

export interface AskedFact extends Place {
  request: ReportedRequest
  /** Until the first answer or the first who agreed to help; absent while there is neither. */
  minutesToAnswer?: number
}

export interface LentFact {
  lender: Place
  borrower: Place
  /** Less than none when a correction took some off. */
  minutes: number
}

/** What a report counts. */
export interface PoolingFacts {
  asked: AskedFact[]
  /** Answers, and that somebody agreed to help. */
  helped: Place[]
  lent: LentFact[]
}

const minuteMs = 60_000

/** Counted from when it was asked, or asked again. */
function minutesToAnswer({ askedAt, firstAnswerAt, changes }: ReportedRequest): number | undefined {
  const agreed = changes.find(({ step, at }) => step === 'accept' && at >= askedAt)?.at
  const times = [firstAnswerAt, agreed].flatMap(at => (at === undefined ? [] : [at.getTime()]))
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - askedAt.getTime()) / minuteMs
}

export function askedFact(request: ReportedRequest): AskedFact {
  const minutes = minutesToAnswer(request)
  const place = { organisationId: request.organisationId, month: monthOf(request.createdAt) }
  return { ...place, request, ...(minutes === undefined ? {} : { minutesToAnswer: minutes }) }
}

export interface Help {
  byId: string
  at: Date
}

/** Who helped with these requests, and when; what askers say under their own is no help. */
export function helpWith(requests: readonly ReportedRequest[], answers: readonly Pick<Comment, 'parentId' | 'byId' | 'at'>[]): Help[] {
  const askers = new Map(requests.map(({ _id, askerId }) => [_id, askerId]))
  const agreed = requests.flatMap(({ changes }) =>
    changes.flatMap(({ step, byId, at }) => (step === 'accept' && byId !== undefined ? [{ byId, at }] : [])),
  )
  return [...answers.filter(({ parentId, byId }) => askers.get(parentId) !== byId), ...agreed]
}

export function lentFact({ sides, at }: LedgerEntry): LentFact {
  const month = monthOf(at)
  const [lender, borrower] = sides
  return {
    lender: { organisationId: lender?.organisationId, month },
    borrower: { organisationId: borrower?.organisationId, month },
    minutes: lender?.minutes ?? 0,
  }
}

/** What of it is of one organisation: what it asked, how its people helped, what it lent or borrowed. */
export function factsOf({ asked, helped, lent }: PoolingFacts, organisationId: string): PoolingFacts {
  const isTheirs = (place: Place) => place.organisationId === organisationId
  return {
    asked: asked.filter(isTheirs),
    helped: helped.filter(isTheirs),
    lent: lent.filter(({ lender, borrower }) => isTheirs(lender) || isTheirs(borrower)),
  }
}
