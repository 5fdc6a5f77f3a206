import cluster from 'node:cluster'
import type { Logger } from 'pino'
import { type Config, readConfig } from '../server/config.ts'
import { CannotStart } from '../server/failures.ts'
import { startSite } from '../server/index.ts'
import { createLogger } from '../server/monitoring/createLogger.ts'
import { logUnhandled } from '../server/monitoring/logUnhandled.ts'
import { WebProcesses } from '../server/webProcesses.ts'

try {
  const config = readConfig(process.env)
  const log = createLogger(config)
  logUnhandled(log)
  if (config.WEB_PROCESSES > 1 && cluster.isPrimary) process.exit(await new WebProcesses(config.WEB_PROCESSES, log).run())
  else await serve(config, log)
} catch (error) {
  if (!(error instanceof CannotStart)) throw error
  console.error(`Skillpool did not start.\n${error.message}`)
  process.exit(1)
}

async function serve(config: Config, log: Logger): Promise<void> {
  const site = await startSite(config, log)
  log.info({ url: site.url, storage: site.services.storage.description, search: site.services.engine.name }, 'Skillpool answers')
  // Of several processes, one tells.
  if (cluster.worker === undefined || cluster.worker.id === 1) await tellFirstRun(site)
  let stopping = false
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) return
      stopping = true
      log.info('stopping: requests under way are finished first')
      void site.close().then(() => process.exit(0))
    })
  }
}

async function tellFirstRun({ services, url }: Awaited<ReturnType<typeof startSite>>): Promise<void> {
  const token = await services.partnership.offerFirstRun()
  if (token !== undefined) console.log(`\nThis Skillpool is new. Set up the partnership here, once:\n\n  ${url}/first-run?token=${token}\n`)
}
