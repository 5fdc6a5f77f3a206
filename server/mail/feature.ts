import type { Feature } from '../feature.ts'
import { mailJobs } from './mailJobs.ts'
import { mailMetrics } from './mailMetrics.ts'
import { mailRoutes } from './mailRoutes.ts'
import { testMail } from './testMail.ts'

export const mailFeature: Feature = {
  name: 'mail',
  routes: mailRoutes,
  jobs: mailJobs,
  mails: () => [testMail],
  metrics: mailMetrics,
  forget:
    ({ outbox }) =>
    personId =>
      outbox.forget(personId),
  administratorPages: [
    {
      href: '/admin/mail',
      group: 'site',
      text: 'Mail',
      hint: 'What waits to be sent, what could not be sent and why, what was sent last',
      deed: { verb: 'see operations' },
    },
  ],
}
