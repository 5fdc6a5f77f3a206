import type { SessionData } from 'express-session'
import type { Models } from '../models.ts'
import type { Person } from '../people/personModel.ts'
import type { PersonService } from '../people/personService.ts'
import type { Account, SignIn } from './accountModels.ts'

/** Whose a sign-in is, as it was read with it. */
export interface Bearer {
  account: Pick<Account, 'suspendedAt' | 'round'>
  person: Person
}

interface Joined extends SignIn {
  accounts: Account[]
  people: Person[]
}

/** By what the sign-in says of them: kept beside it, so that nothing of it is ever written with it. */
const bearers = new WeakMap<object, Bearer>()

export const bearerOf = (user: object): Bearer | undefined => bearers.get(user)

const personId = 'session.passport.user.personId'

/** A sign-in that is not over, with its account and person, as one question: every page asks it. */
export async function readSignIn(
  { signIns, accounts }: Pick<Models, 'signIns' | 'accounts'>,
  people: Pick<PersonService, 'joined'>,
  _id: string,
): Promise<SessionData | null> {
  const [found] = await signIns.aggregate<Joined>([
    { $match: { _id, $or: [{ expires: { $exists: false } }, { expires: { $gt: new Date() } }] } },
    { $lookup: { from: accounts.collection.collectionName, localField: personId, foreignField: '_id', as: 'accounts' } },
    people.joined(personId, 'people'),
    { $project: { 'accounts.passwordHash': 0, 'accounts.email': 0 } },
  ])
  if (found === undefined) return null
  const { session, lastModified, accounts: ofAccount, people: ofPerson } = found
  const [user, account, person] = [session.passport?.user, ofAccount[0], ofPerson[0]]
  if (user !== undefined && account !== undefined && person !== undefined) bearers.set(user, { account, person })
  return { ...session, lastModified } as unknown as SessionData
}
