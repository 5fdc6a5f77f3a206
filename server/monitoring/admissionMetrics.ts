import type { Admission } from '../http/admission.ts'
import type { MetricSource } from './metricSource.ts'

/** The queue before all work. */
export const admissionMetrics = ({ counts }: Admission): readonly MetricSource[] => [
  { name: 'skillpool_queue_working', help: 'Requests that are worked on.', type: 'gauge', together: 'sum', read: () => counts().working },
  {
    name: 'skillpool_queue_waiting',
    help: 'Requests that wait for their turn.',
    type: 'gauge',
    together: 'sum',
    read: () => counts().waiting,
  },
  {
    name: 'skillpool_queue_refused_total',
    help: 'Requests sent away because too many waited.',
    type: 'counter',
    read: () => counts().refused,
  },
]
