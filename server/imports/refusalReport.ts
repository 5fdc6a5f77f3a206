import { once } from 'node:events'
import { createWriteStream, rmSync, type WriteStream, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { csvLine } from '../tables/csvLine.ts'
import type { Refusal } from './importRun.ts'

/** The refused rows with line and reason, as a CSV file beside the imported one, or in the current folder where that cannot be written. */
export class RefusalReport {
  private readonly importedFile: string
  private stream: WriteStream | undefined
  file: string | undefined

  constructor(importedFile: string) {
    this.importedFile = importedFile
    rmSync(reportBeside(importedFile), { force: true })
  }

  add({ line, id, reason }: Refusal): void {
    this.stream ??= this.open()
    this.stream.write(csvLine([line, id, reason]))
  }

  /** May be called twice. */
  async close(): Promise<void> {
    const { stream } = this
    if (stream === undefined) return
    this.stream = undefined
    stream.end()
    await once(stream, 'finish')
  }

  private open(): WriteStream {
    this.file = writable([reportBeside(this.importedFile), reportBeside(join('.', basename(this.importedFile)))])
    const stream = createWriteStream(this.file, { flags: 'a' })
    stream.write(csvLine(['line', 'id', 'reason']))
    return stream
  }
}

const reportBeside = (file: string) => join(dirname(file), `${basename(file)}.refused.csv`)

function writable(files: readonly string[]): string {
  let failure: unknown
  for (const file of files) {
    try {
      writeFileSync(file, '')
      return file
    } catch (error) {
      failure = error
    }
  }
  throw failure
}
