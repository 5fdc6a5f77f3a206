import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** A process that runs a file of the tests; it answers with messages and can be killed at any time. */
export class TestProcess {
  readonly messages: unknown[] = []
  readonly ended: Promise<number | NodeJS.Signals>
  private readonly child: ChildProcess
  private said = ''

  constructor(file: URL, args: readonly string[]) {
    this.child = fork(file, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.child.on('message', message => this.messages.push(message))
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', chunk => {
        this.said += chunk
      })
    this.ended = once(this.child, 'exit').then(([code, signal]) => code ?? signal)
  }

  get pid(): number {
    return this.child.pid as number
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null
  }

  /** @throws Error with what it said, when it ends before */
  async sends<M>(isWanted: (message: M) => boolean): Promise<M> {
    for (;;) {
      const found = this.messages.find(message => isWanted(message as M))
      if (found !== undefined) return found as M
      const ended = await Promise.race([once(this.child, 'message').then(() => undefined), this.ended])
      if (ended !== undefined) throw new Error(`It ended with ${ended}, and did not send what was wanted:\n${this.said}`)
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal)
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL')
    await this.ended
  }
}
