import cluster, { type Worker } from 'node:cluster'
import { once } from 'node:events'
import type { Logger } from 'pino'
import { collectMetrics } from './monitoring/metricsOfAll.ts'

/** Who lived this long has started well: the next one is started at once. */
const livedWellMs = 10_000
const shortestPauseMs = 500
const longestPauseMs = 30_000
/** A little longer than a process may take to finish its requests. */
const stopWithinMs = 12_000

/**
 * The first of several processes on this machine: it serves nothing itself, starts `count` that share the port, and starts again what dies, after a
 * pause that grows while they die young.
 */
export class WebProcesses {
  private readonly count: number
  private readonly log: Logger
  private pauseMs = shortestPauseMs
  private stopping = false
  private everServed = false

  constructor(count: number, log: Logger) {
    this.count = count
    this.log = log
  }

  /** @returns the exit code, when all have ended: 1 when the first ones could not start */
  async run(): Promise<number> {
    cluster.on('listening', () => {
      this.everServed = true
    })
    collectMetrics()
    const ended = Array.from({ length: this.count }, () => this.keepAlive())
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => this.stop())
    await Promise.all(ended)
    return this.everServed ? 0 : 1
  }

  private async keepAlive(): Promise<void> {
    while (!this.stopping) {
      const begun = Date.now()
      const worker = cluster.fork()
      const [code, signal] = (await once(worker, 'exit')) as [number | null, string | null]
      if (this.stopping) return
      // What is wrong for the first is wrong for all: they said it themselves.
      if (!this.everServed) return this.stop()
      this.log.error({ process: worker.id, code, signal }, 'a web process ended: another one takes its place')
      await this.pause(Date.now() - begun)
    }
  }

  private async pause(livedMs: number): Promise<void> {
    this.pauseMs = livedMs > livedWellMs ? shortestPauseMs : Math.min(longestPauseMs, this.pauseMs * 2)
    await new Promise(later => setTimeout(later, this.pauseMs))
  }

  private stop(): void {
    this.stopping = true
    const living = Object.values(cluster.workers ?? {}).filter((worker): worker is Worker => worker !== undefined)
    for (const { process: child } of living) child.kill('SIGTERM')
    setTimeout(() => {
      for (const { process: child } of living) child.kill('SIGKILL')
    }, stopWithinMs).unref()
  }
}
