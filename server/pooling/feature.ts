import type { Feature } from '../feature.ts'
import { loanNotifications } from './loans/loanNotifications.ts'
import { loanRoutes } from './loans/loanRoutes.ts'
import { loansDue } from './loans/loansDue.ts'
import { loansWaiting } from './loans/loansWaiting.ts'

export const poolingFeature: Feature = {
  name: 'pooling',
  routes: loanRoutes,
  waiting: loansWaiting,
  notifications: services => loanNotifications(services),
  forget:
    ({ loanLeaving }) =>
    personId =>
      loanLeaving.leave(personId),
  jobs: services => [loansDue(services)],
}
