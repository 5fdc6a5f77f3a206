import type { SignedInPerson } from '../../access/accessTokens.ts'

/** A record that somebody may mean who has typed this far. */
export interface Suggestion {
  /** Its name. */
  value: string
  /** What kind of record it is, and what tells it from others of the same name. */
  hint: string
  /** Choosing it leads there. */
  href: string
}

/** What is typed so far: plain words in their order, of which the last may go on. */
export interface Begun {
  typed: string
  words: readonly string[]
}

/** Suggestions of one kind, the best first: only what the person may see. */
export type SuggestionSource = (begun: Begun, person: SignedInPerson, most: number) => Promise<readonly Suggestion[]>
