import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { CannotStart } from '../../failures.ts'
import { heldHere, isAlive } from '../holders.ts'
import { manifestName, partEnd, unfinishedName, writeWhole } from './backupFiles.ts'
import { type BackedUpCollection, type Draft, type Manifest, readUnfinished, sealed, type Unfinished } from './manifest.ts'

/** The folder that one backup is written into, by one process. It is new, or empty, or holds an interrupted backup of the same database. */
export class BackupFolder {
  readonly path: string
  /** Whether an interrupted backup goes on. */
  readonly isResumed: boolean
  private unfinished: Unfinished

  private constructor(path: string, unfinished: Unfinished, isResumed: boolean) {
    this.path = path
    this.unfinished = unfinished
    this.isResumed = isResumed
  }

  /** @throws CannotStart when there is anything else in the folder, or another process writes into it */
  static async open(path: string, begun: Omit<Draft, 'collections'>): Promise<BackupFolder> {
    await mkdir(path, { recursive: true, mode: 0o700 })
    const known = await interruptedIn(path, begun)
    const by = { holder: randomUUID(), host: hostname(), pid: process.pid }
    heldHere.add(by.holder)
    const whole = known === undefined ? [] : await wholeOnes(path, known)
    const unfinished = known === undefined ? { ...begun, collections: [], by } : { ...known, collections: whole, by }
    const folder = new BackupFolder(path, unfinished, known !== undefined)
    await mkdir(join(path, begun.database), { recursive: true, mode: 0o700 })
    await folder.save()
    return folder
  }

  get collections(): readonly BackedUpCollection[] {
    return this.unfinished.collections
  }

  has(name: string): boolean {
    return this.collections.some(collection => collection.name === name)
  }

  async add(collection: BackedUpCollection): Promise<void> {
    this.unfinished = { ...this.unfinished, collections: [...this.unfinished.collections, collection] }
    await this.save()
  }

  /** With its manifest the backup is whole. */
  async finish(endedAt: Date): Promise<Manifest> {
    const manifest = sealed({ ...this.unfinished, endedAt: endedAt.toISOString() })
    await writeWhole(join(this.path, manifestName), JSON.stringify(manifest, null, 2))
    await rm(join(this.path, unfinishedName))
    return manifest
  }

  /** Another process may go on. */
  leave(): void {
    heldHere.delete(this.unfinished.by.holder)
  }

  private save(): Promise<void> {
    return writeWhole(join(this.path, unfinishedName), JSON.stringify(this.unfinished, null, 2))
  }
}

async function interruptedIn(path: string, begun: Omit<Draft, 'collections'>): Promise<Unfinished | undefined> {
  const names = await readdir(path)
  if (names.includes(manifestName)) throw new CannotStart(`${path} holds a whole backup already. Name another folder.`)
  const isOwn = (name: string) => [unfinishedName, `${unfinishedName}${partEnd}`].includes(name)
  if (!names.includes(unfinishedName))
    return refuseForeign(
      path,
      names.find(name => !isOwn(name)),
    )
  const known = readUnfinished(await readFile(join(path, unfinishedName), 'utf8'))
  if (known === undefined || known.version !== begun.version)
    throw new CannotStart(`${join(path, unfinishedName)} is not of a backup that this Skillpool can go on with. Name another folder.`)
  if (known.origin !== begun.origin || known.database !== begun.database)
    throw new CannotStart(
      `${path} holds an interrupted backup of another database (${known.database}, ${known.origin}). Name another folder.`,
    )
  if (known.by.host === hostname() && isAlive(known.by))
    throw new CannotStart(`Process ${known.by.pid} is making a backup in ${path}. Wait for it, or name another folder.`)
  refuseForeign(
    path,
    names.find(name => !isOwn(name) && name !== known.database),
  )
  return known
}

function refuseForeign(path: string, foreign: string | undefined): undefined {
  if (foreign !== undefined)
    throw new CannotStart(`${path} holds "${foreign}", which is no part of a backup. Name a new folder, or an empty one.`)
}

/** Whose files are there as they were written; the others are read again. */
async function wholeOnes(path: string, { collections }: Unfinished): Promise<BackedUpCollection[]> {
  const whole: BackedUpCollection[] = []
  for (const collection of collections) {
    const sizes = await Promise.all([collection.documents, collection.metadata].map(({ file }) => sizeOf(join(path, file))))
    if (sizes[0] === collection.documents.bytes && sizes[1] === collection.metadata.bytes) whole.push(collection)
  }
  return whole
}

const sizeOf = (file: string) =>
  stat(file).then(
    ({ size }) => size,
    () => undefined,
  )
