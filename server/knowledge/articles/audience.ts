import type { Visibility } from '../../access/readers.ts'
import type { NamedRecord } from '../../search/searchType.ts'

interface Shared {
  organisationId: string
  visibility: Visibility
  chosenOrganisationIds: readonly string[]
}

/** Who may read what is published, in words. */
export function audienceText(shared: Shared, organisations: ReadonlyMap<string, NamedRecord>): string {
  const own = organisations.get(shared.organisationId)?.label ?? 'its organisation'
  switch (shared.visibility) {
    case 'partnership':
      return 'Everybody in the partnership'
    case 'organisation':
      return `Only ${own}`
    case 'chosen':
      return [own, ...shared.chosenOrganisationIds.map(id => organisations.get(id)?.label)].filter(Boolean).join(', ')
    case 'team':
      return 'The team that owns it'
  }
}
