import type { JobServices } from '../feature.ts'
import type { JobType } from '../jobs/jobType.ts'
import type { NotificationKind } from '../notifications/notificationKind.ts'
import { dayText, localDate } from '../people/absence.ts'
import { openStates } from './actionStates.ts'

const dueKind = 'action-due'
const aheadMs = 7 * 86_400_000

/** A week before it is due, and on the day after: each once, however often it is looked. */
export const remindOfActions = ({ actions, notifications, clock }: Pick<JobServices, 'actions' | 'notifications' | 'clock'>): JobType => ({
  name: 'actions-due',
  title: 'Remind owners of actions that are due',
  schedule: { dailyAt: '05:20' },
  onRequest: true,
  async run() {
    const now = clock.now()
    const today = localDate(now)
    const due = await actions.dueBy(localDate(new Date(now.getTime() + aheadMs)))
    for (const { _id, due: date, ownerId } of due) {
      const event = `${_id} ${date} ${(date ?? '') < today ? 'late' : 'soon'}`
      if (ownerId !== undefined) await notifications.tell({ kind: dueKind, event, to: [ownerId], subjectId: _id })
    }
    return due.length === 0 ? undefined : `${due.length.toLocaleString('en-GB')} due or soon`
  },
})

export const actionNotification = ({ actions, clock }: Pick<JobServices, 'actions' | 'clock'>): NotificationKind => ({
  id: dueKind,
  title: 'An action that you own is due',
  usually: 'daily',
  onlyNewest: true,
  async present(reader, notices) {
    const found = await actions.among(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const byId = new Map(
      found.filter(({ state, ownerId }) => openStates.includes(state) && ownerId === reader.id).map(one => [one._id, one]),
    )
    return new Map(
      notices.flatMap(({ _id, subjectId }) => {
        const action = byId.get(subjectId)
        if (action?.due === undefined) return []
        const words = `${action.due < localDate(clock.now()) ? 'Overdue since' : 'Due on'} ${dayText(action.due)}: “${action.title}”`
        return [[_id, { words, href: `/programme/actions/${action.slug}`, mail: { subject: 'An action of yours is due', words } }] as const]
      }),
    )
  },
})
