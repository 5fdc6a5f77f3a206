import type { JobServices } from '../../feature.ts'
import type { NotificationKind, Told } from '../../notifications/notificationKind.ts'
import { confirmationsHref } from './confirmationPresenter.ts'
import type { StandingConfirmation } from './confirmations.ts'

export const confirmationNotifications = ({ confirmations }: Pick<JobServices, 'confirmations'>): NotificationKind[] => {
  const presentWith =
    (tell: (standing: StandingConfirmation) => Omit<Told, 'href'> | undefined): NotificationKind['present'] =>
    async (reader, notices) => {
      const ids = notices.map(({ subjectId }) => subjectId)
      const told = new Map<string, Told>()
      for (const standing of await confirmations.standing(ids, reader)) {
        const { confirmation, person, skill } = standing
        const news = tell(standing)
        const href = confirmationsHref({ person: person.slug, skill: skill.slug })
        for (const { _id, subjectId } of notices) if (news !== undefined && subjectId === confirmation._id) told.set(_id, { ...news, href })
      }
      return told
    }

  return [
    {
      id: 'skill-confirmed',
      title: 'A colleague confirms a skill of yours',
      usually: 'daily',
      present: presentWith(({ by, skill }) => {
        const words = `${by.name} confirmed your skill ${skill.name}`
        return { words, mail: { subject: 'A colleague confirmed a skill of yours', words } }
      }),
    },
    {
      id: 'confirmation-contested',
      title: 'Somebody contests a confirmation that you gave',
      usually: 'daily',
      present: presentWith(({ confirmation, person, skill }) => {
        if (confirmation.answer !== 'contested') return undefined
        const words = `${person.name} contests that you confirmed ${skill.name}, and says why`
        return { words, mail: { subject: 'A confirmation that you gave is contested', words } }
      }),
    },
  ]
}
