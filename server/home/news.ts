import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Article } from '../knowledge/articles/articleModel.ts'
import type { Interests } from '../knowledge/articles/newestArticles.ts'
import { followedInterests } from '../knowledge/followedNews/followedInterests.ts'
import type { Followed } from '../notifications/following.ts'

const mostNamed = 2
/** The most telling first. */
const telling = ['person', 'skill', 'team', 'kind', 'organisation']

/** What somebody follows, and their own organisation. */
export function interestsOf({ organisationId }: SignedInPerson, subjects: readonly Followed[]): Interests {
  const followed = followedInterests(subjects)
  return { ...followed, organisationIds: [...new Set([organisationId, ...followed.organisationIds])] }
}

/** "because you follow VMware and Wirral Council", "your organisation" */
export function whyNews(article: Article, { organisationId }: SignedInPerson, subjects: readonly Followed[]): string {
  const followed = subjects.filter(subject => isOf(article, subject))
  const names = followed.toSorted((a, b) => telling.indexOf(a.kind) - telling.indexOf(b.kind)).map(({ name }) => name)
  if (names.length === 0) return article.organisationId === organisationId ? 'your organisation' : ''
  const more = names.length > mostNamed ? [`${names.length - mostNamed} more`] : []
  return `because you follow ${listed([...names.slice(0, mostNamed), ...more])}`
}

function isOf({ authorIds, skillIds, owner, kind: written, organisationId }: Article, { kind, id, followedIds }: Followed): boolean {
  const ids = new Set([id, ...followedIds])
  switch (kind) {
    case 'person':
      return authorIds.some(authorId => ids.has(authorId))
    case 'skill':
      return skillIds.some(skillId => ids.has(skillId))
    case 'team':
      return owner.teamId !== undefined && ids.has(owner.teamId)
    case 'kind':
      return ids.has(written)
    default:
      return kind === 'organisation' && ids.has(organisationId)
  }
}

const listed = (names: readonly string[]) => new Intl.ListFormat('en-GB').format(names)
