import type { MetricSource } from '../monitoring/metricSource.ts'
import type { Services } from '../services.ts'

const counted = ['waiting', 'failed', 'unknown'] as const

export const mailMetrics = ({ outbox }: Services): readonly MetricSource[] => [
  {
    name: 'skillpool_mails',
    help: 'Mails by state; failed: given up; unknown: may have arrived. Both until somebody decides.',
    type: 'gauge',
    labels: { state: counted },
    read: () => Promise.all(counted.map(async state => ({ labels: { state }, value: await outbox.count(state) }))),
  },
  {
    name: 'skillpool_oldest_mail_seconds',
    help: 'For how long the oldest mail that is due has not been sent.',
    type: 'gauge',
    read: async () => (await outbox.oldestDueMs()) / 1_000,
  },
]
