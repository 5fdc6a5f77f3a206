import { Passport } from 'passport'
import { Strategy } from 'passport-local'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Services } from '../services.ts'
import type { SignedIn } from './accountService.ts'
import { bearerOf } from './bearers.ts'

declare global {
  namespace Express {
    /** What passport calls the user: the sign-in, and the person whose it is. */
    interface User extends SignedIn {
      person?: SignedInPerson
    }
  }
}

/** Holds no state, so the sign-in form and the loading of sign-ins each make their own. */
export function createPassport({ accounts }: Pick<Services, 'accounts'>): InstanceType<typeof Passport> {
  const passport = new Passport()
  passport.use(
    new Strategy({ usernameField: 'email' }, (email, password, done) => {
      accounts.signIn(email, password).then(signedIn => done(null, signedIn), done)
    }),
  )
  passport.serializeUser<SignedIn>(({ personId, round }, done) => done(null, { personId, round }))
  passport.deserializeUser<SignedIn>((user, done) => {
    const { personId, round } = user
    const bearer = bearerOf(user)
    const person = bearer && accounts.admitted(bearer, round)
    done(null, person === undefined ? false : { personId, round, person })
  })
  return passport
}
