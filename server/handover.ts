import type { SignedInPerson } from './access/accessTokens.ts'

/** Whose things are handed over. */
export interface Owner {
  _id: string
  name: string
  organisationId: string
  sourceId?: string
}

export type Receiver = { name: string; personId: string; teamId?: never } | { name: string; teamId: string; personId?: never }

export interface OwnedThing {
  id: string
  /** Absent when the administrator may not see it. */
  title?: string
  href?: string
}

export interface OneHandover {
  administrator: SignedInPerson
  owner: Owner
  receiver: Receiver
  /** Called after each. May throw to end the work. */
  handedOver(): void
}

/** What a feature declares of a kind of thing that needs somebody new when its owner leaves. */
export interface Handover {
  /** Names its fields in the form: "articles". */
  kind: string
  /** "Published articles" */
  title: string
  /** What the form asks: "New owner of the articles". */
  question: string
  /** Who may receive: people of the whole partnership, people of the owner's organisation, or these and its teams. */
  receivers: 'anybody' | 'colleagues' | 'own organisation'
  /** What becomes of them as long as nobody is named. */
  withoutReceiver: string
  /** What this administrator may hand over, by the owner's id. */
  owned(administrator: SignedInPerson, owners: readonly Owner[]): Promise<ReadonlyMap<string, readonly OwnedThing[]>>
  /** Each in a write of its own that holds only while it is still the owner's: it may be ended anywhere and repeated. @returns how many */
  handOver(one: OneHandover): Promise<number>
}

/** What somebody owns of a kind. */
export interface OwnedPart {
  handover: Handover
  things: readonly OwnedThing[]
}

/** For `owned`: things with their owners' ids, as a map. */
export function byOwner<T>(
  things: readonly T[],
  ownersOf: (thing: T) => readonly string[],
  asOwned: (thing: T, ownerId: string) => OwnedThing,
) {
  const owned = new Map<string, OwnedThing[]>()
  for (const thing of things)
    for (const ownerId of ownersOf(thing)) owned.set(ownerId, [...(owned.get(ownerId) ?? []), asOwned(thing, ownerId)])
  return owned
}
