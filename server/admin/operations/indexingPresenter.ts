import { dateAndTime } from '../../http/dates.ts'
import { durationText } from '../../http/durations.ts'
import type { DriftWalkRecord } from '../../search/indexing/driftWalkModel.ts'
import type { RejectedRecord, TypeState } from '../../search/indexing/indexingState.ts'
import type { Services } from '../../services.ts'
import { progressOf } from './timeLeft.ts'

const mostRejected = 50

const kinds = {
  missing: 'not in the search engine',
  ghost: 'only in the search engine',
  stale: 'older in the search engine',
  different: 'with other content in the search engine',
} as const

const number = (count: number) => count.toLocaleString('en-GB')

/** Records by type and id alone: an administrator may not be among their readers. */
export async function presentIndexing({ indexingState, driftWalks, clock }: Services) {
  const now = clock.now()
  const [types, rejected, walk] = await Promise.all([indexingState.ofTypes(), indexingState.rejected(mostRejected), driftWalks.last()])
  return {
    types: types.map(state => typeOf(state, now)),
    isFilling: types.some(({ filling }) => filling !== undefined),
    rejected: rejected.map(rejectedOf),
    rejectedTotal: number(types.reduce((sum, state) => sum + state.rejected, 0)),
    ...(walk === undefined ? {} : { walk: walkOf(walk) }),
  }
}

function typeOf({ type, pending, oldestPendingSince, rejected, isOutdated, filling }: TypeState, now: Date) {
  return {
    name: `${type.plural.charAt(0).toUpperCase()}${type.plural.slice(1)}`,
    plural: type.plural,
    pending: number(pending),
    oldest: oldestPendingSince === undefined ? '–' : `for ${durationText(Math.max(0, now.getTime() - oldestPendingSince.getTime()))}`,
    rejected: number(rejected),
    index: filling !== undefined ? 'a new one is filled' : isOutdated ? 'made for another version of Skillpool' : 'in step',
    stands: filling === undefined && isOutdated ? 'attention' : 'good',
    ...(filling === undefined ? {} : { filling: fillingOf(filling, now) }),
  }
}

const fillingOf = ({ filled, total, announcedAt }: NonNullable<TypeState['filling']>, now: Date) =>
  progressOf(filled, Math.max(filled, total), now.getTime() - announcedAt.getTime())

const rejectedOf = ({ type, id, reason, attempts, retryAt }: RejectedRecord) => ({
  record: `${type.type} ${id}`,
  reason,
  says: `Refused ${attempts === 1 ? 'once' : `${attempts} times`}, asked again ${dateAndTime(retryAt)} at the latest.`,
  action: `/admin/operations/records/${encodeURIComponent(type.type)}/${encodeURIComponent(id)}/retry`,
})

function walkOf({ beganAt, endedAt, compared, found, repaired, first }: DriftWalkRecord) {
  const differing = Object.entries(found).filter(([, count]) => count > 0)
  return {
    says: `${dateAndTime(endedAt)}: ${number(compared)} records compared in ${durationText(endedAt.getTime() - beganAt.getTime())}.`,
    found: differing.map(([kind, count]) => `${number(count)} ${kinds[kind as keyof typeof kinds]}`),
    repaired: number(repaired),
    first: first.map(({ type, id, kind }) => `${type} ${id}: ${kinds[kind]}`),
  }
}
