import { durationText } from '../../server/http/durations.ts'

export { durationText }

const redrawMs = 200
const lineEveryMs = 5_000

interface Progress {
  done: number
  /** From 0 to 1, when it is known how much there is. */
  part?: number
}

/** One line on stderr that says how far a command is; without a terminal a line every few seconds. */
export class ProgressLine {
  private readonly what: string
  private readonly startedAt = performance.now()
  private readonly stream: NodeJS.WriteStream
  private shownAt = performance.now()
  private isDrawn = false

  /** @param what  what is counted, in the plural: "rows" */
  constructor(what: string, stream: NodeJS.WriteStream = process.stderr) {
    this.what = what
    this.stream = stream
  }

  show(progress: Progress): void {
    const now = performance.now()
    if (now - this.shownAt < (this.stream.isTTY ? redrawMs : lineEveryMs)) return
    this.shownAt = now
    const text = progressText(this.what, progress, now - this.startedAt)
    if (!this.stream.isTTY) return void this.stream.write(`${text}\n`)
    this.stream.write(`\r\x1b[K${text}`)
    this.isDrawn = true
  }

  /** Takes the line away again. */
  end(): void {
    if (this.isDrawn) this.stream.write('\r\x1b[K')
    this.isDrawn = false
  }

  get elapsedMs(): number {
    return performance.now() - this.startedAt
  }
}

/** "12,500 rows · 1,234 a second · 43% · about 2 min left" */
export function progressText(what: string, { done, part }: Progress, elapsedMs: number): string {
  const rate = Math.round(done / Math.max(elapsedMs / 1_000, 0.001))
  const told = [`${done.toLocaleString('en-GB')} ${what}`, `${rate.toLocaleString('en-GB')} a second`]
  if (part !== undefined && part > 0) told.push(`${Math.floor(part * 100)}%`, `about ${durationText((elapsedMs / part) * (1 - part))} left`)
  return told.join(' · ')
}
