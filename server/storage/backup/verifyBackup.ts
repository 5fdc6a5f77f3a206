import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize } from 'bson'
import { CannotStart } from '../../failures.ts'
import { manifestName, partEnd, unfinishedName } from './backupFiles.ts'
import { readBsonFile } from './bsonFile.ts'
import { requireExact } from './exactDocument.ts'
import { type BackedUpCollection, type Manifest, readManifest } from './manifest.ts'
import { readMetadata } from './metadata.ts'
import { UniqueValues } from './uniqueValues.ts'

export interface Verifying {
  folder: string
  /** The names of the migrations that this Skillpool knows. */
  knownMigrations: readonly string[]
  progress?(soFar: { done: number; total: number }): void
  signal?: AbortSignal
}

const mostTold = 20
const copyAgain = 'Copy it again from where the backup was made, or take another backup'

/**
 * Reads all of a backup: that every file is there, whole and as it was written, that there is nothing else, and that it can be restored.
 * @throws CannotStart that names each file with something wrong, and what to do
 */
export async function verifyBackup(verifying: Verifying): Promise<Manifest> {
  const { folder } = verifying
  const manifest = await manifestOf(folder)
  const problems = await namesAmiss(folder, manifest)
  const total = manifest.collections.reduce((sum, { documents }) => sum + documents.count, 0)
  let done = 0
  for (const collection of manifest.collections) {
    if (problems.some(problem => concerns(problem, collection))) continue
    const met = (count: number) => verifying.progress?.({ done: done + count, total })
    problems.push(...(await collectionAmiss(collection, verifying, met)))
    done += collection.documents.count
  }
  if (problems.length > 0) throw refusal(folder, problems)
  return manifest
}

function refusal(folder: string, problems: readonly string[]): CannotStart {
  const more = problems.length > mostTold ? [`and ${problems.length - mostTold} more`] : []
  return new CannotStart([`The backup in ${folder} cannot be used:`, ...problems.slice(0, mostTold), ...more].join('\n  '))
}

const concerns = (problem: string, { documents, metadata }: BackedUpCollection) =>
  [documents, metadata].some(({ file }) => problem.startsWith(`${file} `))

async function manifestOf(folder: string): Promise<Manifest> {
  const names = await readdir(folder).catch(error => {
    throw new CannotStart(`${folder} cannot be read (${(error as Error).message}). Name the folder of a backup.`)
  })
  if (!names.includes(manifestName) && names.includes(unfinishedName))
    throw new CannotStart(`${folder} holds a backup that was interrupted. Run "npm run backup -- ${folder}" again to finish it.`)
  if (!names.includes(manifestName))
    throw refusal(folder, [`${manifestName} is missing: it is no backup of Skillpool, or not the whole of one. ${copyAgain}.`])
  try {
    return readManifest(await readFile(join(folder, manifestName), 'utf8'))
  } catch (error) {
    throw refusal(folder, [`${manifestName} ${(error as Error).message}. ${copyAgain}.`])
  }
}

/** Files that are missing, and those that are too many. */
async function namesAmiss(folder: string, { collections }: Manifest): Promise<string[]> {
  const wanted = new Set(collections.flatMap(({ documents, metadata }) => [documents.file, metadata.file]))
  const there = await readdir(folder, { recursive: true, withFileTypes: true })
  const beside = new Set([manifestName, unfinishedName, `${unfinishedName}${partEnd}`])
  const problems: string[] = []
  for (const entry of there) {
    const name = join(entry.parentPath, entry.name).slice(join(folder, '/').length).replaceAll('\\', '/')
    if (entry.isFile() ? wanted.delete(name) || beside.has(name) : entry.isDirectory()) continue
    problems.push(`${name} does not belong to the backup. Take it out of the folder.`)
  }
  for (const name of wanted) problems.push(`${name} is missing. ${copyAgain}.`)
  return problems.sort()
}

async function collectionAmiss(collection: BackedUpCollection, verifying: Verifying, met: (count: number) => void): Promise<string[]> {
  const { folder } = verifying
  const problems: string[] = []
  for (const written of [collection.metadata, collection.documents]) {
    const problem = await fileAmiss(join(folder, written.file), written, verifying.signal)
    if (problem !== undefined) problems.push(`${written.file} ${problem}. ${copyAgain}.`)
  }
  if (problems.length > 0) return problems
  const problem = await contentAmiss(collection, verifying, met)
  return problem === undefined ? [] : [problem]
}

async function fileAmiss(
  path: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
  signal?: AbortSignal,
): Promise<string | undefined> {
  const { size } = await lstat(path)
  if (size !== bytes) return `has ${size} bytes instead of ${bytes}: it is ${size < bytes ? 'cut off' : 'not the one that was written'}`
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) {
    signal?.throwIfAborted()
    hash.update(chunk as Buffer)
  }
  return hash.digest('hex') === sha256 ? undefined : 'has changed since it was written (its SHA-256 is another)'
}

async function contentAmiss(
  { name, documents, metadata }: BackedUpCollection,
  { folder, knownMigrations, signal }: Verifying,
  met: (count: number) => void,
): Promise<string | undefined> {
  let values: UniqueValues
  try {
    values = new UniqueValues(readMetadata(await readFile(join(folder, metadata.file), 'utf8')).indexes)
  } catch (error) {
    return `${metadata.file} ${(error as Error).message}. ${copyAgain}.`
  }
  let count = 0
  try {
    for await (const document of readBsonFile(join(folder, documents.file))) {
      signal?.throwIfAborted()
      requireReadable(document, count)
      if (name === 'migrations') requireKnown(document, knownMigrations)
      values.note(document)
      met(++count)
    }
    if (count !== documents.count) return `${documents.file} holds ${count} documents instead of ${documents.count}. ${copyAgain}.`
    const shared = values.shared()
    return shared === undefined
      ? undefined
      : `${documents.file} holds two documents with the same value of the unique index ${shared}. Take another backup.`
  } catch (error) {
    signal?.throwIfAborted()
    if (!(error instanceof Error)) throw error
    return `${documents.file} ${error.message}. ${copyAgain}.`
  }
}

function requireReadable(document: Buffer, position: number): void {
  try {
    requireExact(document)
  } catch (error) {
    throw new Error(`holds no proper BSON in document ${position + 1} (${(error as Error).message})`)
  }
}

function requireKnown(document: Buffer, knownMigrations: readonly string[]): void {
  const { _id } = deserialize(document)
  if (!knownMigrations.includes(String(_id)))
    throw new Error(`is of a newer Skillpool (it knows the change ${_id}): update Skillpool first`)
}
