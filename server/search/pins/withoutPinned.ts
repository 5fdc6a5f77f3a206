import type { Answer } from '../searchService.ts'
import type { PinnedRecord } from './pinnedRecords.ts'

/** The answer without what is pinned above it, so that nothing is there twice. What was found is counted as before. */
export function withoutPinned(answer: Answer, pinned: readonly PinnedRecord[]): Answer {
  const ids = new Set(pinned.map(({ record }) => record._id))
  const groups = answer.groups.map(group => {
    const found = group.found.filter(({ record }) => !ids.has(record._id))
    const isAllPinned = found.length === 0 && group.total === group.found.length
    return { ...group, found, total: isAllPinned ? 0 : group.total }
  })
  return { ...answer, groups }
}
