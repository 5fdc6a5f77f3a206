import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { projectRoot } from '../../../server/http/projectRoot.ts'

export type Engine = 'mongo' | 'elastic'

const run = promisify(execFile)
const script = process.env.ENGINES ?? join(projectRoot, '../shared/engines/engines')

/** Real MongoDB and Elasticsearch with faults, through the script that ENGINES names. A missing one fails the tests, it is never skipped. */
export const engines = {
  /** Starts both, or leaves them running. @returns MONGODB_URI and ELASTICSEARCH_URL */
  async start(nodes = 1): Promise<{ MONGODB_URI: string; ELASTICSEARCH_URL: string }> {
    if (!existsSync(script))
      throw new Error(`test:faults needs the script that starts and breaks the engines: ${script} is not there (ENGINES names another).`)
    const { stdout } = await started(nodes)
    const value = (name: string) => new RegExp(`export ${name}='([^']+)'`).exec(stdout)?.[1] as string
    return { MONGODB_URI: value('MONGODB_URI'), ELASTICSEARCH_URL: value('ELASTICSEARCH_URL') }
  },
  pause: (engine: Engine, node = 0) => fault('pause', engine, node),
  resume: (engine: Engine, node = 0) => fault('resume', engine, node),
  kill: (engine: Engine, node = 0) => fault('kill', engine, node),
  restart: (engine: Engine, node = 0) => fault('restart', engine, node),
}

/**
 * The script asks for the replica set once, as soon as the first node answers. MongoDB refuses that while another node does not, and the script then waits a
 * minute for a primary in vain. By then all nodes answer, so it is asked once more.
 */
async function started(nodes: number): Promise<{ stdout: string }> {
  const start = () => run(script, ['start', '--nodes', String(nodes)], { timeout: 300_000, maxBuffer: 1e8 })
  return start().catch((failure: Error) => {
    if (nodes === 1 || !failure.message.includes('elected no primary')) throw failure
    return start()
  })
}

async function fault(verb: string, engine: Engine, node: number): Promise<void> {
  await run(script, [verb, engine, String(node)], { timeout: 120_000 })
}
