import { linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { CannotStart } from '../../failures.ts'

export interface Owner {
  pid: number
  socket: string
  startedAt: string
}

/** A unix socket's path is cut beyond this, without a word. */
const longestSocketPath = 107
const answerMs = 1_000

/** The one process that has DATA_DIR: its lock file names it and its socket. */
export class OwnerLock {
  readonly owner: Owner
  private readonly file: string

  private constructor(file: string, owner: Owner) {
    this.file = file
    this.owner = owner
  }

  /** Takes the lock of the folder, also from an owner that is dead. @returns the living owner instead, if there is one */
  static async take(dataDir: string): Promise<OwnerLock | Owner> {
    const file = join(dataDir, 'owner.lock')
    mkdirSync(dataDir, { recursive: true })
    for (let tries = 0; tries < 10; tries++) {
      const known = readOwner(file)
      if (known !== undefined && (await answers(known.socket))) return known
      if (known !== undefined && isStarting(known)) {
        await new Promise(resolve => setTimeout(resolve, 200))
        continue
      }
      if (known !== undefined) clear(file, known)
      const owner = { pid: process.pid, socket: newSocketPath(), startedAt: new Date().toISOString() }
      if (place(file, owner)) return new OwnerLock(file, owner)
      rmSync(dirname(owner.socket), { recursive: true, force: true })
    }
    throw new CannotStart(`DATA_DIR: ${file} could not be taken. Is another Skillpool starting? If not, delete that file and start again.`)
  }

  release(): void {
    clear(this.file, this.owner)
  }
}

/** Whole at once, and only where there is none: a link to a file that is complete. */
function place(file: string, owner: Owner): boolean {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}`
  writeFileSync(draft, JSON.stringify(owner), { mode: 0o600 })
  try {
    linkSync(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  } finally {
    unlinkSync(draft)
  }
}

function readOwner(file: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Owner
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw new CannotStart(
      `${file} cannot be read (${(error as Error).message}). If no Skillpool runs on this folder, delete it and start again.`,
    )
  }
}

function clear(file: string, owner: Owner): void {
  if (readOwner(file)?.startedAt === owner.startedAt) rmSync(file, { force: true })
  rmSync(dirname(owner.socket), { recursive: true, force: true })
}

/** Between taking the lock and listening there is a moment; a process id alone may have been given to somebody else. */
function isStarting({ pid, startedAt }: Owner): boolean {
  if (Date.now() - new Date(startedAt).getTime() > 5_000) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Whether somebody listens; another site's folder has another socket, so the answer is the owner's. */
function answers(socket: string): Promise<boolean> {
  return new Promise(resolve => {
    const connection = connect(socket)
    const done = (is: boolean) => {
      connection.destroy()
      resolve(is)
    }
    connection.setTimeout(answerMs, () => done(false))
    connection.on('connect', () => done(true))
    connection.on('error', () => done(false))
  })
}

function newSocketPath(): string {
  const socket = join(mkdtempSync(join(tmpdir(), 'skillpool-')), 's.sock')
  if (Buffer.byteLength(socket) > longestSocketPath)
    throw new CannotStart(`TMPDIR: the path of the temporary folder is too long for a socket (${socket}). Set TMPDIR to a shorter one.`)
  return socket
}
