import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { Forbidden } from '../failures.ts'

export function refuseOthers(person: SignedInPerson): void {
  if (!may(person, { verb: 'keep search' })) throw new Forbidden('Only administrators of the partnership keep synonyms and pins.')
}
