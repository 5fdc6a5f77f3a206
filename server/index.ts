import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Logger } from 'pino'
import { createApp } from './app.ts'
import type { Config } from './config.ts'
import { CannotStart } from './failures.ts'
import { createLogger } from './monitoring/createLogger.ts'
import { createServices, type ServiceOptions, type Services } from './services.ts'

export interface Site {
  url: string
  services: Services
  /** Finishes the requests under way, at most 8 s, and closes the stores. */
  close(): Promise<void>
}

const longestStopMs = 8_000
/** Longer than proxies keep a connection (two minutes at most): who keeps it longer meets a closed one with the next request. */
const keptConnectionMs = 130_000

/** Starts everything and listens. @throws CannotStart with what to correct */
export async function startSite(config: Config, log: Logger = createLogger(config), options: ServiceOptions = {}): Promise<Site> {
  const services = await createServices(config, log, options)
  try {
    await services.partnership.load()
    const server = await listen(createApp(services), config)
    services.indexer.start()
    services.passageEncoding?.start()
    services.jobRunner.start()
    services.storageWatch.start()
    const { port } = server.address() as AddressInfo
    const url = config.PUBLIC_URL ?? `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`
    return { url, services, close: () => stop(server, services) }
  } catch (error) {
    await services.close()
    throw error
  }
}

function listen(app: ReturnType<typeof createApp>, { HOST, PORT }: Config): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(PORT, HOST, error => (error ? reject(cannotListen(error, HOST, PORT)) : resolve(server)))
    server.requestTimeout = 60_000
    server.keepAliveTimeout = keptConnectionMs
  })
}

function cannotListen(error: Error, host: string, port: number): Error {
  const reason = 'code' in error && error.code === 'EADDRINUSE' ? 'another program uses it' : error.message
  return new CannotStart(`PORT: cannot listen on ${host}:${port} (${reason}). Set PORT to a free one.`)
}

async function stop(server: Server, services: Services): Promise<void> {
  await Promise.all([finishRequests(server), services.jobRunner.stop()])
  await services.close()
}

/** Answers what has begun. A browser that keeps its connection must not keep the site: it is told to close it with the next answer. */
async function finishRequests(server: Server): Promise<void> {
  server.prependListener('request', (_req, res) => res.setHeader('Connection', 'close'))
  const closed = new Promise(resolve => server.close(resolve))
  const leaving = setInterval(() => server.closeIdleConnections(), 50)
  const late = setTimeout(() => server.closeAllConnections(), longestStopMs)
  await closed
  clearInterval(leaving)
  clearTimeout(late)
}
