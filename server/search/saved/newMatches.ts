import type { AccountService } from '../../accounts/accountService.ts'
import type { Clock } from '../../clock.ts'
import { Unavailable } from '../../failures.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'
import type { Models } from '../../models.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { SearchService } from '../searchService.ts'
import { isOfType, type Matches, matchesOf } from './matches.ts'
import { savedQuestion } from './savedQuestion.ts'
import type { SavedSearch } from './savedSearchModel.ts'

const hourMs = 3_600_000
/** Less than the days between two looks, since one takes a while and may be late. */
const restMs = { daily: 6 * hourMs, weekly: 6.5 * 24 * hourMs }
const readAtOnce = 50
/** What was seen once is not new when it comes back; the latest are remembered. */
const mostSeen = 5_000
const mostFresh = 500

interface Collaborators {
  accounts: Pick<AccountService, 'signedIn'>
  notifications: Notifications
  search: SearchService
  clock: Clock
}

/**
 * Looks whether saved searches find something that they did not find before. What was found is remembered by id, not by date: people have no date, an article may be
 * shared with somebody long after it was written, and one that was merely edited is not new. What its owner may see is asked at that time.
 */
export class NewMatches {
  private readonly saved: Models['savedSearches']
  private readonly with: Collaborators

  constructor({ savedSearches }: Pick<Models, 'savedSearches'>, collaborators: Collaborators) {
    this.saved = savedSearches
    this.with = collaborators
  }

  /** All whose time has come; those that were looked at are not looked at again when it is repeated. @throws Unavailable while the engine is away */
  async look(job?: RunningJob): Promise<{ looked: number; withNews: number }> {
    const due = this.due()
    const total = await this.saved.countDocuments(due)
    let looked = 0
    let withNews = 0
    for (let after = ''; ; ) {
      const some = await this.saved
        .find({ ...due, _id: { $gt: after } })
        .sort({ _id: 1 })
        .limit(readAtOnce)
        .lean<SavedSearch[]>()
      for (const saved of some) {
        if ((await this.lookAt(saved)) > 0) withNews += 1
        looked += 1
        job?.report({ done: looked, total: Math.max(looked, total) })
      }
      if (some.length < readAtOnce) return { looked, withNews }
      after = some.at(-1)?._id ?? ''
    }
  }

  private due() {
    const now = this.with.clock.now().getTime()
    const rested = (alert: 'daily' | 'weekly') => ({
      alert,
      $or: [{ checkedAt: { $exists: false } }, { checkedAt: { $lte: new Date(now - restMs[alert]) } }],
    })
    return { $or: [rested('daily'), rested('weekly')] }
  }

  /** Nothing for somebody who may not be here at present. @returns how much is new */
  private async lookAt(saved: SavedSearch): Promise<number> {
    const person = await this.with.accounts.signedIn(saved.personId)
    if (person === undefined) return 0
    const matches = await matchesOf(savedQuestion(saved.query, this.with.search), person, this.with.search)
    if (matches === undefined && this.with.search.isPausing) throw new Unavailable('The search engine does not answer.')
    return matches === undefined ? 0 : this.keep(saved, matches)
  }

  private async keep(saved: SavedSearch, { tokens, own, tooMany }: Matches): Promise<number> {
    const known = new Set(saved.seen)
    const isFirst = (token: string) => saved.checkedAt === undefined || saved.tooMany.some(type => isOfType(token, type))
    const fresh = tokens.filter(token => !known.has(token) && !own.has(token) && !isFirst(token))
    const now = this.with.clock.now()
    const unread = saved.openedAt === undefined ? saved.fresh : []
    const news = fresh.length === 0 ? {} : { fresh: [...fresh, ...unread].slice(0, mostFresh), foundAt: now }
    const seen = [...new Set([...tokens, ...saved.seen])].slice(0, mostSeen)
    const asRead = {
      _id: saved._id,
      alert: saved.alert,
      checkedAt: saved.checkedAt ?? { $exists: false },
      openedAt: saved.openedAt ?? { $exists: false },
    }
    const change = { $set: { checkedAt: now, seen, tooMany, ...news }, ...(fresh.length === 0 ? {} : { $unset: { openedAt: 1 as const } }) }
    // Before they are kept: ended in between, the next look comes to the same event.
    if (fresh.length > 0) await this.tell(saved)
    const { matchedCount } = await this.saved.updateOne(asRead, change)
    return matchedCount === 0 ? 0 : fresh.length
  }

  private async tell({ _id, personId, checkedAt, createdAt }: SavedSearch): Promise<void> {
    const event = `${_id} ${(checkedAt ?? createdAt).toISOString()}`
    await this.with.notifications.tell({ kind: 'new-matches', event, to: [personId], subjectId: _id })
  }
}
