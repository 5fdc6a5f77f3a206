import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CannotStart } from '../../server/failures.ts'
import type { FromSite, ToSite } from './benchedSite.ts'

const file = fileURLToPath(new URL(`benchedSite${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url))

/** The site in a process of its own, so that its memory is its own. */
export class SiteProcess {
  private readonly child: ChildProcess
  readonly url: string

  private constructor(child: ChildProcess, url: string) {
    this.child = child
    this.url = url
  }

  static async start(environment: Record<string, string>): Promise<SiteProcess> {
    const child = fork(file, { env: { ...process.env, ...environment, PORT: '0', HOST: '127.0.0.1', LOG_LEVEL: 'error' } })
    const { url } = await answer<{ url: string }>(child)
    return new SiteProcess(child, url)
  }

  async ask<A extends FromSite>(question: ToSite): Promise<A> {
    const answered = answer<A>(this.child)
    this.child.send(question)
    return answered
  }

  say(what: ToSite): void {
    this.child.send(what)
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return
    this.child.send('stop')
    await once(this.child, 'exit')
  }
}

async function answer<A extends FromSite>(child: ChildProcess): Promise<A> {
  const ended = once(child, 'exit').then(() => {
    throw new CannotStart('The benched site ended before it answered: see the messages above.')
  })
  const [message] = await Promise.race([once(child, 'message'), ended])
  return message as A
}
