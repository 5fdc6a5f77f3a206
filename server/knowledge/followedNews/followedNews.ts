import type { AccountService } from '../../accounts/accountService.ts'
import type { Following } from '../../notifications/following.ts'
import type { FollowedByPerson } from '../../notifications/followingModel.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { NewestArticles } from '../articles/newestArticles.ts'
import { followedInterests } from './followedInterests.ts'

export const followedNewsKind = 'followed-news'
const dayMs = 86_400_000
const readAtOnce = 100
const mostTold = 20

interface Collaborators {
  accounts: Pick<AccountService, 'signedIn'>
  following: Following
  newestArticles: NewestArticles
  notifications: Notifications
}

/** Looks what was published in what people follow, as far as each may read it at that time: one notification for all of it. */
export class FollowedNews {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** @param until  the same when it is repeated: what was looked at up to then is not looked at again */
  async look(until: Date, looked: () => void = () => undefined): Promise<number> {
    let told = 0
    for (let after = ''; ; ) {
      const due = await this.with.following.dueForNews(until, { after, most: readAtOnce })
      for (const followed of due) {
        if (await this.lookFor(followed, until)) told += 1
        looked()
      }
      if (due.length < readAtOnce) return told
      after = due.at(-1)?._id ?? ''
    }
  }

  private async lookFor(followed: FollowedByPerson, until: Date): Promise<boolean> {
    const { accounts, following, newestArticles, notifications } = this.with
    const reader = await accounts.signedIn(followed._id)
    const after = followed.newsUntil ?? new Date(until.getTime() - dayMs)
    const { subjects } = reader === undefined ? { subjects: [] } : await following.all(reader)
    const news =
      reader === undefined || subjects.length === 0
        ? []
        : await newestArticles.newsBetween(reader, followedInterests(subjects), { after, until }, mostTold)
    const articleIds = news.map(({ _id }) => _id)
    if (articleIds.length > 0)
      await notifications.tell({
        ...{ kind: followedNewsKind, event: after.toISOString(), to: [followed._id], subjectId: followed._id },
        facts: { articleIds },
      })
    await following.newsLookedFor(followed, until)
    return articleIds.length > 0
  }
}
