import type { Feature } from '../feature.ts'

export const filesFeature: Feature = {
  name: 'files',
  jobs: ({ fileSweep }) => [
    {
      name: 'sweep-files',
      title: 'Take away files that no record names',
      schedule: { dailyAt: '03:45' },
      onRequest: true,
      async run(job) {
        return `${(await fileSweep.sweep(job.signal)).toLocaleString('en-GB')} taken away`
      },
    },
  ],
}
