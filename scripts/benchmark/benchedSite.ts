import { readConfig } from '../../server/config.ts'
import { startSite } from '../../server/index.ts'
import { createLogger } from '../../server/monitoring/createLogger.ts'
import type { Services } from '../../server/services.ts'
import { measureStorage, type StorageFigures } from './measureStorage.ts'
import { StraightQueries } from './straightQueries.ts'

/** What the process of the benched site says to the one that benches. */
export type FromSite =
  | { url: string }
  | { figures: StorageFigures }
  | { peakBytes: number }
  | { straightMs: number[] }
  | { passages: PassageProgress }
export type ToSite = 'measure storage' | 'tell memory' | 'tell passages' | 'a page begins' | 'ask the engine again' | 'stop'

export interface PassageProgress {
  /** Indexes that have no room for passages yet. */
  outdated: number
  /** Records. */
  total: number
  waiting: number
}

const sampleMs = 100
const config = readConfig(process.env)
const site = await startSite(config, createLogger(config), { storage: { databaseName: config.INDEX_PREFIX } })
const straightQueries = new StraightQueries(site.services.engine)
let peakBytes = 0
const sample = () => {
  peakBytes = Math.max(peakBytes, process.memoryUsage.rss())
}
setInterval(sample, sampleMs).unref()

const answers: Record<ToSite, () => Promise<void>> = {
  'measure storage': async () => tell({ figures: await measureStorage(site.services) }),
  'tell memory': async () => {
    sample()
    tell({ peakBytes })
  },
  'tell passages': async () => tell({ passages: await passageProgress(site.services) }),
  'a page begins': async () => straightQueries.beginPage(),
  'ask the engine again': async () => tell({ straightMs: await straightQueries.askAgain() }),
  stop: async () => {
    await site.close()
    process.exit(0)
  },
}

process.on('message', message => void answers[message as ToSite]())
// The bench was ended: nothing of it may stay behind.
process.on('disconnect', () => process.exit(1))
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined)
tell({ url: site.url })

async function passageProgress({ search, searchIndexes, keptPassages }: Services): Promise<PassageProgress> {
  const outdated = await Promise.all(search.types.map(type => searchIndexes.isOutdated(type)))
  return { outdated: outdated.filter(Boolean).length, ...((await keptPassages?.progress()) ?? { total: 0, waiting: 0 }) }
}

function tell(message: FromSite): void {
  process.send?.(message)
}
