import type { Logger } from 'pino'
import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Waiting, WaitingSource } from '../feature.ts'

export interface AllWaiting {
  things: readonly Waiting[]
  /** One of the features could not say what waits. */
  isIncomplete: boolean
}

/** All features are asked at once, in their order; one that fails is logged and left out, so that the rest of the page stays. */
export async function waitingFor(person: SignedInPerson, sources: readonly WaitingSource[], log: Logger): Promise<AllWaiting> {
  const answers = await Promise.all(
    sources.map(async ({ feature, of }) => {
      try {
        return await of(person)
      } catch (error) {
        log.error(
          { err: error, feature, personId: person.id },
          'a feature could not say what waits for somebody: the home page goes without',
        )
        return undefined
      }
    }),
  )
  return { things: answers.flatMap(given => given ?? []), isIncomplete: answers.includes(undefined) }
}
