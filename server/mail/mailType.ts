import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Mail } from './mailModel.ts'

/** Somebody who may be here at this moment, with the address of their account. */
export interface Recipient {
  person: SignedInPerson
  email: string
}

/** What a mail says; addresses are those of this site, "/knowledge/moving". */
export interface Letter {
  subject: string
  /** Before the list. */
  lead: string
  lines: readonly { words: string; href: string }[]
  /** After it. */
  closing?: readonly string[]
  /** Why it comes and where that is changed; left out, it is about the account, and nobody is asked. */
  choices?: {
    /** The secret address that ends such mails, for the program that shows them (RFC 8058). */
    endHref: string
  }
}

/** What a feature declares to have mails sent. */
export interface MailType {
  /** In the database, so it stays: "access-link". */
  name: string
  /** For administrators: "Invitation or new password". */
  title: string
  /** Whether it goes to people who have not chosen a password yet; their address is not known to be theirs. */
  alsoToInvited?: true
  /** Puts what is due into the outbox. Safe to repeat and to interrupt. */
  gather?(): Promise<void>
  /** Asked at each try. @returns undefined when there is nothing to say to this person any more */
  compose(mail: Mail, recipient: Recipient): Promise<Letter | undefined>
}
