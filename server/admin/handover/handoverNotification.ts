import type { JobServices } from '../../feature.ts'
import type { NotificationKind } from '../../notifications/notificationKind.ts'
import { handedOverKind } from './handovers.ts'

/** Whose it was is named as under what they wrote, whether they have left or not. */
export const handoverNotification = ({ handovers, people }: Pick<JobServices, 'handovers' | 'people'>): NotificationKind => ({
  id: handedOverKind,
  title: 'An administrator hands something over to you',
  usually: 'now',
  async present(reader, notices) {
    const owners = await Promise.all([...new Set(notices.map(({ subjectId }) => subjectId))].map(id => people.byId(id)))
    const names = new Map(owners.flatMap(owner => (owner === undefined ? [] : [[owner._id, owner.name] as const])))
    return new Map(
      notices.flatMap(({ _id, subjectId, facts = {} }) => {
        const [name, title] = [names.get(subjectId), handovers.titleOf(String(facts.kind))]
        if (name === undefined || title === undefined) return []
        const words = `What ${name} had is yours now. ${title}: ${Number(facts.count).toLocaleString('en-GB')}`
        return [[_id, { words, href: `/people/${reader.slug}`, mail: { subject: 'Something was handed over to you', words } }] as const]
      }),
    )
  },
})
