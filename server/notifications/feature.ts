import type { Feature } from '../feature.ts'
import { forgetOldNotifications } from './forgetOldNotifications.ts'
import { notificationMails } from './mails/notificationMails.ts'
import { notificationRoutes } from './notificationRoutes.ts'
import { unreadWaiting } from './unreadWaiting.ts'

export const notificationsFeature: Feature = {
  name: 'notifications',
  routes: notificationRoutes,
  waiting: unreadWaiting,
  jobs: services => [forgetOldNotifications(services)],
  mails: notificationMails,
  forget:
    ({ notifications }) =>
    personId =>
      notifications.forget(personId),
}
