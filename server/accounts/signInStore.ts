import { createHash } from 'node:crypto'
import { MongoStore } from 'connect-mongo'
import type { SessionData } from 'express-session'
import { Unavailable } from '../failures.ts'
import type { Services } from '../services.ts'
import { readSignIn } from './bearers.ts'

const unusedForSeconds = 14 * 24 * 60 * 60
const touchedEverySeconds = 60 * 60

/** A page is not held back for longer by what is kept beside it. */
const keptWithinMs = 2_000

/** Sign-ins in MongoDB, as documents, under the hash of what the cookie says: who reads the database cannot sign in with it. */
class SignInStore extends MongoStore {
  /** Who it is comes with it. */
  reads: (id: string) => Promise<SessionData | null> = async () => null

  override get(id: string, done: (error: unknown, session?: SessionData | null) => void): void {
    this.reads(id).then(session => done(null, session), done)
  }

  override set(id: string, session: SessionData, done: (error?: unknown) => void = () => undefined): void {
    const once = inTime(done)
    super.set(id, session, once)
  }

  /** A sign-in that was ended while its request was answered cannot be prolonged; the answer is good all the same. */
  override touch(id: string, session: SessionData & { lastModified?: Date }, done: (error?: unknown) => void = () => undefined): void {
    super.touch(id, session as never, error =>
      done(error instanceof Error && error.message.startsWith('Unable to find') ? undefined : error),
    )
  }
}

/** Calls back once: with what came, or after a while with Unavailable. */
function inTime(done: (error?: unknown) => void): (error?: unknown) => void {
  let isDone = false
  const answer = (error?: unknown) => {
    clearTimeout(late)
    if (!isDone) done(error)
    isDone = true
  }
  const late = setTimeout(
    () => answer(new Unavailable('The database is not answering, so your sign-in was not kept. Try again in a minute.')),
    keptWithinMs,
  )
  return answer
}

const idOf = (secret: string) => createHash('sha256').update(secret).digest('hex')

export function createSignInStore({ storage, models, people }: Pick<Services, 'storage' | 'models' | 'people'>): SignInStore {
  const store = new SignInStore({
    // The driver of mongoose, of which connect-mongo brings another version's types.
    client: storage.connection.getClient() as never,
    dbName: storage.connection.name,
    collectionName: models.signIns.collection.name,
    stringify: false,
    autoRemove: 'disabled',
    ttl: unusedForSeconds,
    touchAfter: touchedEverySeconds,
    transformId: idOf,
  })
  store.reads = id => readSignIn(models, people, idOf(id))
  return store
}
