import type { Reader } from '../access/accessTokens.ts'

/** What a feature declares to have its records followed. */
export interface Followable {
  /** In the singular, as in addresses and in what is kept: "skill". */
  kind: string
  /** "Skills" */
  heading: string
  /** @throws NotFound: hidden and missing look the same */
  bySlug(reader: Reader, slug: string): Promise<Subject>
  /** By the ids asked for; those that the reader may not know of, or that are gone, are left out. A merged one leads to what it was merged into. */
  byIds(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, Subject>>
}

/** A record that can be followed. */
export interface Subject {
  id: string
  slug: string
  name: string
  href: string
}
