import type { Followed } from '../../notifications/following.ts'
import type { Interests } from '../articles/newestArticles.ts'

/** What somebody follows, as articles name it. */
export const followedInterests = (subjects: readonly Followed[]): Interests => ({
  personIds: idsOf(subjects, 'person'),
  skillIds: idsOf(subjects, 'skill'),
  teamIds: idsOf(subjects, 'team'),
  kinds: idsOf(subjects, 'kind'),
  organisationIds: idsOf(subjects, 'organisation'),
})

const idsOf = (subjects: readonly Followed[], kind: string) =>
  subjects.filter(subject => subject.kind === kind).flatMap(({ id, followedIds }) => [...new Set([id, ...followedIds])])
