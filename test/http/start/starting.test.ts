import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import mongoose from 'mongoose'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { compiledCommand } from '../../support/compiledCommand.ts'

interface Started {
  process: ChildProcess
  /** Everything it said so far. */
  said(): string
  /** Resolves when it said this. */
  says(text: string): Promise<void>
  ended: Promise<number | null>
}

describe('starting the site', () => {
  let dataDir: string
  const started: Started[] = []

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'skillpool-starting-'))
  })
  afterEach(async () => {
    for (const { process: child, ended } of started.splice(0)) {
      child.kill('SIGKILL')
      await ended
    }
    rmSync(dataDir, { recursive: true, force: true })
  })

  /** As `npm start` does, on embedded stores unless told otherwise. */
  function start(environment: Record<string, string> = {}): Started {
    const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, ...own } = process.env
    const child = spawn(process.execPath, [compiledCommand('start')], {
      cwd: projectRoot,
      env: { ...own, DATA_DIR: dataDir, PORT: '0', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let text = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', chunk => {
        text += chunk
      })
    }
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    const says = async (wanted: string) => {
      while (!text.includes(wanted)) {
        const next = await Promise.race([
          once(child.stdout as NodeJS.ReadableStream, 'data'),
          once(child.stderr as NodeJS.ReadableStream, 'data'),
          ended.then(() => 'ended'),
        ])
        if (next === 'ended' && !text.includes(wanted)) throw new Error(`It ended without saying "${wanted}":\n${text}`)
      }
    }
    const running = { process: child, said: () => text, says, ended }
    started.push(running)
    return running
  }
  async function refusal(environment: Record<string, string> = {}): Promise<string> {
    const { ended, said } = start(environment)
    expect(await ended, said()).to.equal(1)
    expect(said()).to.match(/^Skillpool did not start\.\n/)
    expect(said(), 'a message, not a stack trace').to.not.match(/\n\s+at /)
    return said()
  }

  it('says where it answers and where to set it up, and ends in order when it is told to', async () => {
    const site = start()
    await site.says('/first-run?token=')
    await site.says('Skillpool answers')
    const [, url] = /"url":"([^"]+)"/.exec(site.said()) as unknown as [string, string]
    const ready = await fetch(`${url}/health/ready`)
    expect(ready.status).to.equal(200)
    expect(Number(/timeout=(\d+)/.exec(ready.headers.get('keep-alive') ?? '')?.[1]), 'seconds, more than proxies keep').to.be.above(120)
    site.process.kill('SIGTERM')
    expect(await site.ended).to.equal(0)
  })

  const wrong: { says: string; environment: Record<string, string>; names: string[] }[] = [
    { says: 'a port that is none', environment: { PORT: 'eighty' }, names: ['PORT', '"eighty"', '65535'] },
    { says: 'an address of MongoDB that is none', environment: { MONGODB_URI: 'localhost' }, names: ['MONGODB_URI', 'mongodb://'] },
    {
      says: 'an address of Elasticsearch that is none',
      environment: { ELASTICSEARCH_URL: 'localhost:9200' },
      names: ['ELASTICSEARCH_URL', 'https://'],
    },
    {
      says: 'a certificate authority that is not there',
      environment: { ELASTICSEARCH_URL: 'https://127.0.0.1:1', ELASTICSEARCH_CA: '/nowhere/ca.pem' },
      names: ['ELASTICSEARCH_CA', '/nowhere/ca.pem'],
    },
  ]
  for (const { says, environment, names } of wrong) {
    it(`refuses ${says}`, async () => {
      const said = await refusal(environment)
      for (const name of names) expect(said).to.include(name)
    })
  }

  it('refuses a MongoDB that does not answer, without its password', async () => {
    const said = await refusal({ MONGODB_URI: 'mongodb://skillpool:secret@127.0.0.1:1/skillpool' })
    expect(said).to.include('MONGODB_URI').and.to.not.include('secret')
  }).timeout(40_000)

  it('refuses a port that another program uses', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    try {
      expect(await refusal({ PORT: String(port) }))
        .to.include(`PORT`)
        .and.to.include(String(port))
    } finally {
      other.close()
    }
  })

  for (const file of ['store.db', 'search.db']) {
    it(`refuses a damaged ${file}, and names it`, async () => {
      writeFileSync(join(dataDir, file), 'not a database at all. '.repeat(500))
      expect(await refusal()).to.include(join(dataDir, file))
    })
  }

  it('refuses a folder that another site has', async () => {
    const first = start()
    await first.says('Skillpool answers')
    expect(await refusal())
      .to.include('DATA_DIR')
      .and.to.include(dataDir)
      .and.to.include(String(first.process.pid))
  })

  const { MONGODB_URI } = process.env
  if (MONGODB_URI === undefined) return
  it('refuses to be the second with embedded search on one MongoDB, until the first is gone', async () => {
    const address = new URL(MONGODB_URI)
    address.pathname = `/test-${randomBytes(6).toString('hex')}`
    const environment = { MONGODB_URI: address.href }
    try {
      const first = start(environment)
      await first.says('Skillpool answers')
      const said = await refusal({ ...environment, DATA_DIR: join(dataDir, 'second') })
      expect(said).to.include('ELASTICSEARCH_URL').and.to.include(String(first.process.pid))
      first.process.kill('SIGKILL')
      await first.ended
      await start({ ...environment, DATA_DIR: join(dataDir, 'third') }).says('Skillpool answers')
    } finally {
      const connection = await mongoose.createConnection(address.href).asPromise()
      await connection.dropDatabase()
      await connection.close()
    }
  })
})
