import { readConfig } from '../../server/config.ts'
import { startSite } from '../../server/index.ts'
import { createLogger } from '../../server/monitoring/createLogger.ts'
import { measureStorage, type StorageFigures } from './measureStorage.ts'
import { StraightQueries } from './straightQueries.ts'

/** What the process of the benched site says to the one that benches. */
export type FromSite = { url: string } | { figures: StorageFigures } | { peakBytes: number } | { straightMs: number[] }
export type ToSite = 'measure storage' | 'tell memory' | 'a page begins' | 'ask the engine again' | 'stop'

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

function tell(message: FromSite): void {
  process.send?.(message)
}
