import type { MetricSource } from '../monitoring/metricSource.ts'
import type { Services } from '../services.ts'

const counted = ['waiting', 'running', 'failed'] as const

export const jobMetrics = ({ jobs }: Services): readonly MetricSource[] => [
  {
    name: 'skillpool_jobs',
    help: 'Jobs by state; failed: given up, until somebody tries them again.',
    type: 'gauge',
    labels: { state: counted },
    read: () => Promise.all(counted.map(async state => ({ labels: { state }, value: await jobs.count(state) }))),
  },
]
