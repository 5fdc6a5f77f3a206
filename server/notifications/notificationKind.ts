import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Notification } from './notificationModel.ts'

/** In the site only, by a mail of its own, or in the one mail of the day; it stands in the site in any case. */
export const deliveries = ['site', 'now', 'daily'] as const
export type Delivery = (typeof deliveries)[number]

export type Notice = Pick<Notification, '_id' | 'subjectId' | 'facts' | 'byId' | 'at'>

/** A notification in the words for its reader at this moment. */
export interface Told {
  /** A sentence without its full stop: "Ann Lee confirmed your skill VMware". */
  words: string
  href: string
  /** What a mail says of it, its subject without names and titles; left out, only that there is something: what must not leave the site. */
  mail?: { subject: string; words: string }
}

/** What a feature declares of a kind of thing that it tells people. */
export interface NotificationKind {
  /** In what is kept, so it stays: "skill-confirmed". */
  id: string
  /** For whoever chooses how to be told: "A colleague confirms a skill of yours". */
  title: string
  /** How they are told who have not chosen. */
  usually: Delivery
  /** Only the newest of a subject stands in the list. */
  onlyNewest?: true
  /** Who it concerns at all, for whom it can be chosen; left out, everybody. */
  isFor?(person: SignedInPerson): boolean
  /**
   * By their ids, what this reader may know of now; whatever is left out is neither shown, counted nor mailed. Asked for each page with some that
   * are unread, so with few calls however many they are.
   */
  present(reader: SignedInPerson, notices: readonly Notice[]): Promise<ReadonlyMap<string, Told>>
}
