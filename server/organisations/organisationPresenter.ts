import type { Problems } from '../http/validated.ts'
import type { Organisation } from './organisationModel.ts'

export const organisationTypeTexts: Readonly<Record<Organisation['type'], string>> = {
  council: 'Council',
  fire: 'Fire and rescue',
  police: 'Police',
  health: 'Health',
  'shared-service': 'Shared service',
  other: 'Other partner',
}

const statusTexts: Readonly<Record<Organisation['status'], string>> = {
  invited: 'Invited',
  active: 'Takes part',
  left: 'Has left the partnership',
}

export function presentOrganisationForm(typed: Record<string, unknown>, errors: Problems = {}, organisation?: Organisation) {
  const items = (texts: Readonly<Record<string, string>>, chosen: unknown) =>
    Object.entries(texts).map(([value, text]) => ({ value, text, selected: value === chosen }))
  return {
    title: organisation === undefined ? 'Add an organisation' : `Edit ${organisation.name}`,
    typed,
    errors,
    action: organisation === undefined ? '/organisations' : `/organisations/${organisation.slug}`,
    cancelHref: organisation === undefined ? '/organisations' : `/organisations/${organisation.slug}`,
    types: items(organisationTypeTexts, typed.type),
    statuses: items(statusTexts, typed.status ?? 'active'),
  }
}
