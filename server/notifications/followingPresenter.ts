import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Followable, Subject } from './followable.ts'
import type { Followed, Following } from './following.ts'

/** The button on the page of what can be followed. */
export interface FollowButton {
  name: string
  action: string
  isFollowed: boolean
}

const actionOf = (kind: string, slug: string) => `/following/${kind}/${encodeURIComponent(slug)}`

export async function presentFollowButton(
  following: Following,
  reader: SignedInPerson,
  kind: string,
  { _id: id, slug, name }: { _id: string } & Pick<Subject, 'slug' | 'name'>,
): Promise<FollowButton> {
  const isFollowed = await following.follows(reader, kind, { id })
  return { name, isFollowed, action: isFollowed ? `${actionOf(kind, slug)}/stop` : actionOf(kind, slug) }
}

/** Everything that views/notifications/following prints. */
export function presentFollowing(subjects: readonly Followed[], kinds: readonly Followable[]) {
  const groups = kinds.map(({ kind, heading }) => ({
    heading,
    subjects: subjects
      .filter(subject => subject.kind === kind)
      .toSorted((a, b) => a.name.localeCompare(b.name))
      .map(({ name, href, slug }) => ({ name, href, stopAction: `${actionOf(kind, slug)}/stop` })),
  }))
  return { title: 'What you follow', count: subjects.length, groups: groups.filter(group => group.subjects.length > 0) }
}
