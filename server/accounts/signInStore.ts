import { createHash } from 'node:crypto'
import { MongoStore } from 'connect-mongo'
import type { SessionData } from 'express-session'
import type { Services } from '../services.ts'
import type { AccountModels } from './accountModels.ts'

const unusedForSeconds = 14 * 24 * 60 * 60
const touchedEverySeconds = 60 * 60

/** Sign-ins in MongoDB, as documents, under the hash of what the cookie says: who reads the database cannot sign in with it. */
class SignInStore extends MongoStore {
  /** A sign-in that was ended while its request was answered cannot be prolonged; the answer is good all the same. */
  override touch(id: string, session: SessionData & { lastModified?: Date }, done: (error?: unknown) => void = () => undefined): void {
    super.touch(id, session as never, error =>
      done(error instanceof Error && error.message.startsWith('Unable to find') ? undefined : error),
    )
  }
}

type Needed = Pick<Services, 'storage'> & { models: Pick<AccountModels, 'signIns'> }

export function createSignInStore({ storage, models }: Needed): SignInStore {
  return new SignInStore({
    // The driver of mongoose, of which connect-mongo brings another version's types.
    client: storage.connection.getClient() as never,
    dbName: storage.connection.name,
    collectionName: models.signIns.collection.name,
    stringify: false,
    autoRemove: 'disabled',
    ttl: unusedForSeconds,
    touchAfter: touchedEverySeconds,
    transformId: id => createHash('sha256').update(id).digest('hex'),
  })
}
