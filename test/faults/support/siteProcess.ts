import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { compiledCommand } from '../../support/compiledCommand.ts'
import type { Place } from './place.ts'

const startWithinMs = 60_000

/** The built site as a process of its own, which can be killed and started again at the same address. */
export class SiteProcess {
  readonly url: string
  private readonly environment: Readonly<Record<string, string>>
  private child: ChildProcess | undefined
  private gone: Promise<unknown> = Promise.resolve()
  private text = ''

  private constructor(url: string, environment: Readonly<Record<string, string>>) {
    this.url = url
    this.environment = environment
  }

  static async start(place: Place, settings: Readonly<Record<string, string>> = {}): Promise<SiteProcess> {
    const port = await freePort()
    const site = new SiteProcess(`http://127.0.0.1:${port}`, {
      LOG_LEVEL: 'warn',
      ...place.environment,
      PORT: String(port),
      HOST: '127.0.0.1',
      ...settings,
    })
    await site.start()
    return site
  }

  /** What the process said, for messages when a test fails. */
  get said(): string {
    return this.text.slice(-5_000)
  }

  get pid(): number | undefined {
    return this.child?.pid
  }

  async start(): Promise<void> {
    const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, NODE_OPTIONS: _options, ...own } = process.env
    this.child = spawn(process.execPath, [compiledCommand('start')], {
      cwd: projectRoot,
      env: { ...own, ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    this.gone = once(this.child, 'exit')
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', chunk => {
        this.text = (this.text + chunk).slice(-20_000)
      })
    }
    const deadline = Date.now() + startWithinMs
    while (!(await this.answers())) {
      if (this.child.exitCode !== null || Date.now() > deadline) throw new Error(`The site did not start:\n${this.said}`)
      await new Promise(later => setTimeout(later, 50))
    }
  }

  /** Between one instruction and the next. */
  async kill(): Promise<void> {
    this.child?.kill('SIGKILL')
    await this.gone
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null) this.child.kill('SIGTERM')
    await this.gone
  }

  pause(): void {
    this.child?.kill('SIGSTOP')
  }

  resume(): void {
    this.child?.kill('SIGCONT')
  }

  /** @returns the cookie of a sign-in */
  async signIn({ email, password }: { email: string; password: string }): Promise<string> {
    const answer = await this.post('/sign-in', { email, password })
    const [cookie] = answer.headers.getSetCookie()
    if (answer.status !== 303 || cookie === undefined) throw new Error(`The sign-in answered ${answer.status}`)
    return cookie.split(';')[0] as string
  }

  post(path: string, form: Record<string, string>, cookie = ''): Promise<Response> {
    const headers = { cookie, origin: this.url, 'sec-fetch-site': 'same-origin' }
    return fetch(this.url + path, {
      method: 'POST',
      headers,
      body: new URLSearchParams(form),
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    })
  }

  get(path: string, cookie = ''): Promise<Response> {
    return fetch(this.url + path, { headers: { cookie }, redirect: 'manual', signal: AbortSignal.timeout(60_000) })
  }

  private async answers(): Promise<boolean> {
    return fetch(`${this.url}/health/live`).then(
      ({ ok }) => ok,
      () => false,
    )
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
