import { statfs } from 'node:fs/promises'
import type { Services } from '../services.ts'
import { codeVersion } from '../version.ts'
import type { MetricSource } from './metricSource.ts'
import { oneIfItAnswers } from './oneIfItAnswers.ts'

/** What belongs to no feature: the database, the disk, what runs. */
export function siteMetrics({ storage, config, engine }: Services): readonly MetricSource[] {
  const embedded = config.MONGODB_URI === undefined
  const running = { version: codeVersion, storage: embedded ? 'embedded' : 'mongodb', search: engine.name }
  return [
    {
      name: 'skillpool_info',
      help: 'Always 1: on what it runs.',
      type: 'gauge',
      labels: { version: [codeVersion], storage: ['embedded', 'mongodb'], search: ['embedded', 'elasticsearch'] },
      read: () => [{ value: 1, labels: running }],
    },
    {
      name: 'skillpool_database_up',
      help: 'Whether the database answered just now: 1 or 0.',
      type: 'gauge',
      read: () => oneIfItAnswers(async () => storage.connection.db?.command({ ping: 1 }, { timeoutMS: 900 })),
    },
    ...(embedded ? [freeDisk(config.DATA_DIR)] : []),
  ]
}

const freeDisk = (folder: string): MetricSource => ({
  name: 'skillpool_data_dir_free_bytes',
  help: 'Free space where the embedded stores are.',
  type: 'gauge',
  read: async () => {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  },
})
