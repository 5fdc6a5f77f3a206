import { Long } from 'bson'
import { create, createIndexes, drop, dropDatabase, dropIndexes, listCollections, listIndexes } from './catalogueCommands.ts'
import type { Cursors } from './cursors.ts'
import type { Doc } from './documentPaths.ts'
import { LostTransaction } from './groupCommit.ts'
import { MongoError } from './mongoError.ts'
import type { RawReply } from './rawReply.ts'
import { aggregate, count, distinct, find } from './readCommands.ts'
import { Session, type Store } from './store.ts'
import { isSupported } from './supportedOperations.ts'
import { findAndModify, insert, remove, update } from './writeCommands.ts'

type Command = (session: Session, database: string, command: Doc, cursors: Cursors) => Promise<Doc | RawReply>

/** As much of MongoDB 6.0 as the application uses, as a server that stands alone. */
export const hello = () => ({
  helloOk: true,
  isWritablePrimary: true,
  ismaster: true,
  maxBsonObjectSize: 16 * 1024 * 1024,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  localTime: new Date(),
  minWireVersion: 0,
  maxWireVersion: 17,
  readOnly: false,
  ok: 1,
})

const handlers: Readonly<Record<string, Command>> = {
  hello: async () => hello(),
  isMaster: async () => hello(),
  ismaster: async () => hello(),
  ping: async () => ({ ok: 1 }),
  buildInfo: async () => ({ version: '6.0.0', versionArray: [6, 0, 0, 0], maxBsonObjectSize: 16 * 1024 * 1024, ok: 1 }),
  endSessions: async () => ({ ok: 1 }),
  insert,
  update,
  delete: remove,
  findAndModify,
  find,
  aggregate,
  count,
  distinct,
  create,
  createIndexes,
  listIndexes,
  dropIndexes,
  listCollections,
  drop,
  dropDatabase,
  getMore: (_session, _database, command, cursors) => cursors.getMore(cursorId(command.getMore), Number(command.batchSize ?? 0)),
  killCursors: async (_session, _database, command, cursors) => {
    const ids = (command.cursors as unknown[]).map(cursorId)
    const closed = await Promise.all(ids.map(async id => [id, await cursors.close(id)] as const))
    const named = (was: boolean) => closed.filter(([, found]) => found === was).map(([id]) => Long.fromBigInt(id))
    return { cursorsKilled: named(true), cursorsNotFound: named(false), cursorsAlive: [], cursorsUnknown: [], ok: 1 }
  },
}

/** Runs one command. What it answers is on disk; what goes wrong is MongoDB's error document. */
export async function runCommand(store: Store, cursors: Cursors, command: Doc): Promise<Doc | RawReply> {
  try {
    for (;;) {
      const session = new Session(store)
      const reply = await handlerOf(command)(session, String(command.$db), command, cursors)
      if (await isKept(session, 'getMore' in command)) return reply
    }
  } catch (error) {
    return failure(error)
  }
}

function handlerOf(command: Doc): Command {
  const name = Object.keys(command)[0] ?? ''
  const handler = handlers[name]
  if (handler === undefined || !isSupported('commands', name)) throw new MongoError(59, `no such command: '${name}'`)
  if (command.startTransaction !== undefined || command.autocommit !== undefined)
    throw new MongoError(20, 'Transaction numbers are only allowed on a replica set member or mongos')
  return handler
}

/**
 * False when a command that only read has to read again: it may have seen what another one then could not keep. A cursor has gone on, so its reader
 * has to begin anew.
 */
async function isKept(session: Session, ofCursor: boolean): Promise<boolean> {
  try {
    await session.durable()
    return true
  } catch (error) {
    if (session.hasWritten || ofCursor || !(error instanceof LostTransaction)) throw error
    return false
  }
}

function failure(error: unknown): Doc {
  if (error instanceof MongoError) return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details }
  return { ok: 0, errmsg: `The embedded store failed: ${(error as Error).message}`, code: 1, codeName: 'InternalError' }
}

const cursorId = (id: unknown): bigint => (typeof id === 'bigint' ? id : BigInt(String(id)))
