import { expect } from 'chai'
import { firstReview, lastReminder, nextReview } from '../../../server/knowledge/reviews/reviewDates.ts'

const day = (text: string) => new Date(`${text}T09:00:00Z`)
const agreement = { kind: 'service-level-agreement' }

describe('when an article is reviewed', () => {
  it('is as its kind says, or as the article does', () => {
    expect(nextReview(agreement, day('2026-01-15'))).to.deep.equal(day('2026-07-15'))
    expect(nextReview({ ...agreement, reviewMonths: 1 }, day('2026-01-31'))).to.deep.equal(day('2026-02-28'))
    expect(nextReview({ kind: 'of old' }, day('2024-02-29'))).to.deep.equal(day('2025-02-28'))
  })

  it('is, for what nobody reviewed here, the first time after now', () => {
    const now = day('2026-11-26')
    expect(firstReview(agreement, day('2026-10-01'), now)).to.deep.equal(day('2027-04-01'))
    expect(firstReview(agreement, day('2009-12-07'), now)).to.deep.equal(day('2026-12-07'))
    expect(firstReview(agreement, day('2026-05-26'), now)).to.deep.equal(day('2027-05-26'))
    for (const changed of ['2009-11-30', '2020-02-29', '2026-11-26', '2025-12-31']) {
      const due = firstReview(agreement, day(changed), now)
      expect(due.getTime(), changed).to.be.greaterThan(now.getTime())
      expect(due.getTime(), changed).to.be.at.most(nextReview(agreement, now).getTime())
    }
  })

  it('is told 30 and 7 days before, on the day, and then every week: each once', () => {
    const due = day('2026-06-30')
    const told = new Map<string, number>()
    for (let at = day('2026-05-20'); at < day('2026-07-20'); at = new Date(at.getTime() + 86_400_000)) {
      const reminder = lastReminder(due, at)?.toISOString().slice(0, 10) ?? 'never'
      told.set(reminder, (told.get(reminder) ?? 0) + 1)
    }
    expect([...told.keys()]).to.deep.equal(['never', '2026-05-31', '2026-06-23', '2026-06-30', '2026-07-07', '2026-07-14'])
  })
})
