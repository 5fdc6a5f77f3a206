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
 * Asked once more where the script gave up on a MongoDB that is coming: one that recovers from a kill may take more than its 30 s, and it asks for the
 * replica set once, as soon as the first node answers, which MongoDB refuses while another node does not.
 */
async function started(nodes: number): Promise<{ stdout: string }> {
  const start = () => run(script, ['start', '--nodes', String(nodes)], { timeout: 300_000, maxBuffer: 1e8 })
  return start().catch((failure: Error) => {
    if (!/elected no primary|MongoDB did not answer/.test(failure.message)) throw failure
    return start()
  })
}

async function fault(verb: string, engine: Engine, node: number): Promise<void> {
  await run(script, [verb, engine, String(node)], { timeout: 120_000 })
}
