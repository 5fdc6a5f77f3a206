import { may } from '../../access/may.ts'
import type { JobServices } from '../../feature.ts'
import type { NotificationKind } from '../../notifications/notificationKind.ts'

export const reportNotifications = ({ profileReports }: Pick<JobServices, 'profileReports'>): NotificationKind => ({
  id: 'profile-reported',
  title: 'A profile whose account you keep is reported',
  usually: 'now',
  isFor: person => may(person, { verb: 'suspend' }),
  async present(reader, notices) {
    const kept = await profileReports.among(
      reader,
      notices.map(({ subjectId }) => subjectId),
    )
    const byId = new Map(kept.map(one => [one.report._id, one]))
    return new Map(
      notices.flatMap(({ _id, subjectId }) => {
        const found = byId.get(subjectId)
        if (found === undefined) return []
        const answered = found.report.state === 'open' ? '' : ', and answered by now'
        const words = `The profile of ${found.person.name} is reported${answered}`
        return [[_id, { words, href: `/admin/reports/${subjectId}`, mail: { subject: 'A profile is reported', words } }] as const]
      }),
    )
  },
})
