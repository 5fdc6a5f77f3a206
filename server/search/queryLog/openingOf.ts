import type { SearchType } from '../searchType.ts'

/** Of what stands above the lists. */
export const pinnedPosition = 0

/** What the script of the results sends when this one is opened, but for the words that were asked. */
export const openingOf = ({ type }: SearchType, id: string | undefined, position: number): string | undefined =>
  id === undefined ? undefined : new URLSearchParams({ type, id, position: String(position) }).toString()
