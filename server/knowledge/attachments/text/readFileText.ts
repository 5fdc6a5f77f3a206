import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { startProcess } from '../../../startProcess.ts'
import type { FileKindId } from '../fileKinds.ts'
import { type FileText, mostCharacters } from './filePart.ts'

export interface Limits {
  withinMs: number
  mostHeapMb: number
}

const limits: Limits = { withinMs: 60_000, mostHeapMb: 512 }
/** Of what the process answers: its text in JSON. */
const mostAnswer = 8 * mostCharacters

/**
 * What a file says, read by a process of its own: what takes too long or too much memory ends with it.
 * @returns why not, for people, when it says nothing
 */
export async function readFileText(
  bytes: Readable,
  kind: FileKindId,
  signal?: AbortSignal,
  { withinMs, mostHeapMb }: Limits = limits,
): Promise<FileText | { unreadable: string }> {
  const child = startProcess('textProcess', import.meta.url, [kind], mostHeapMb)
  const ended = new Promise<number | null>((done, fail) => void child.on('error', fail).on('close', code => done(code)))
  const kill = () => void child.kill('SIGKILL')
  let isLate = false
  const late = setTimeout(() => {
    isLate = true
    kill()
  }, withinMs)
  signal?.addEventListener('abort', kill)
  child.stderr.resume()
  try {
    // A process that ends before it has read everything has answered, or failed, already.
    const [answer] = await Promise.all([answerOf(child.stdout, kill), pipeline(bytes, child.stdin).catch(() => undefined)])
    const code = await ended
    signal?.throwIfAborted()
    if (isLate) return { unreadable: 'it took too long' }
    if (code !== 0) return { unreadable: 'it is too large or too involved' }
    return JSON.parse(answer)
  } finally {
    clearTimeout(late)
    signal?.removeEventListener('abort', kill)
    kill()
  }
}

async function answerOf(output: Readable, kill: () => void): Promise<string> {
  let answer = ''
  for await (const part of output.setEncoding('utf8')) {
    answer += part
    if (answer.length > mostAnswer) kill()
  }
  return answer
}
