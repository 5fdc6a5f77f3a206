import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { CannotStart } from '../../../failures.ts'
import { UnreadableZip, zipEntries, zipParts } from '../../attachments/zipContents.ts'
import type { SentFiles } from './importedPage.ts'

const mostFiles = 10_000
const mostBytes = 300_000_000
const longestPath = 500
const passedOver = /(^|\/)(__MACOSX|\.git|node_modules|\.DS_Store|Thumbs\.db)(\/|$)|(^|\/)\./

const mb = (bytes: number) => `${Math.round(bytes / 1_000_000)} MB`

/**
 * What is in a zip archive, or the one file that was sent.
 * @throws CannotStart in words that name what was sent: nothing of it is taken then
 */
export function filesOfUpload(name: string, bytes: Uint8Array): SentFiles {
  if (bytes.length === 0) throw new CannotStart(`“${name}” is empty. Choose a file with something in it.`)
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (/\.zip$/i.test(name) && !isZip) throw new CannotStart(`“${name}” is no zip archive, whatever its name says. Pack it again.`)
  if (!/\.zip$/i.test(name)) return { name, paths: [name], bytes: () => bytes }
  return filesOfZip(name, bytes)
}

function filesOfZip(name: string, bytes: Uint8Array): SentFiles {
  const entries = inWords(name, () => zipEntries(bytes))
  const files = entries.filter(entry => !entry.name.endsWith('/')).map(entry => entry.name)
  const strange = files.find(isStrange)
  if (strange !== undefined)
    throw new CannotStart(
      `“${name}” has a file whose name leads out of the archive: ${JSON.stringify(strange.slice(0, 100))}. Nothing of it is taken.`,
    )
  const paths = files.filter(path => !passedOver.test(path))
  if (paths.length === 0) throw new CannotStart(`“${name}” is an archive with nothing in it.`)
  const wanted = new Set(paths)
  const parts = inWords(name, () => zipParts(bytes, path => wanted.has(path), mostBytes))
  return { name, paths: paths.filter(path => parts.has(path)).sort(), bytes: path => parts.get(path) ?? new Uint8Array() }
}

const isStrange = (path: string) =>
  path.length > longestPath || /\p{Cc}/u.test(path) || /^(\/|[a-z]:)/i.test(path) || path.split(/[/\\]/).includes('..')

function inWords<T>(name: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (!(error instanceof UnreadableZip)) throw error
    throw new CannotStart(
      error.problem === 'bomb'
        ? `“${name}” would unpack to far more than it may: at most ${mb(mostBytes)} in ${mostFiles.toLocaleString('en-GB')} files. Send it in parts.`
        : `“${name}” is damaged: it could not be unpacked. Pack it again.`,
    )
  }
}

/**
 * A folder of this machine, a zip archive or a single file. Links to other places are not followed.
 * @throws CannotStart
 */
export async function filesOfPath(path: string): Promise<SentFiles> {
  const found = await lstat(path).catch(() => undefined)
  if (found === undefined) throw new CannotStart(`${path}: there is no such file or folder.`)
  const name = basename(path)
  if (!found.isDirectory()) return filesOfUpload(name, await wholeFile(path, name))
  const contents = new Map<string, Buffer>()
  let bytes = 0
  for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const file = join(entry.parentPath, entry.name)
    const relative = file.slice(path.replace(/\/$/, '').length + 1)
    if (passedOver.test(relative)) continue
    const content = await readFile(file)
    bytes += content.length
    if (bytes > mostBytes || contents.size >= mostFiles)
      throw new CannotStart(`${path} has more than ${mb(mostBytes)} or ${mostFiles.toLocaleString('en-GB')} files. Import it in parts.`)
    contents.set(relative, content)
  }
  if (contents.size === 0) throw new CannotStart(`${path} is a folder with nothing in it.`)
  return { name, paths: [...contents.keys()].sort(), bytes: wanted => contents.get(wanted) ?? new Uint8Array() }
}

async function wholeFile(path: string, name: string): Promise<Buffer> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of createReadStream(path)) {
    bytes += (part as Buffer).length
    if (bytes > mostBytes) throw new CannotStart(`“${name}” is larger than ${mb(mostBytes)}. Import it in parts.`)
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}
