import { monthAndYear } from '../http/dates.ts'
import type { Namer } from '../search/searchType.ts'
import type { DeclaredSkill, Person } from './personModel.ts'
import type { PhotoSize } from './photos.ts'

export interface PersonRow {
  name: string
  href: string
  role: string
  organisation: string
  photo?: string
  badges: { text: string; kind: 'good' | 'attention' | 'plain' }[]
}

export const willingTexts = { advise: 'can advise', mentor: 'can mentor', lend: 'can be lent' } as const

/** People in a list; what their rows say beyond this (reasons) is added by who lists them. */
export async function presentPersonRows(people: readonly Person[], named: Namer): Promise<PersonRow[]> {
  const organisations = await named(
    'organisation',
    people.map(({ organisationId }) => organisationId),
  )
  return people.map(person => ({
    name: person.name,
    href: `/people/${person.slug}`,
    role: person.role,
    organisation: organisations.get(person.organisationId)?.label ?? '',
    ...(person.photo === undefined ? {} : { photo: photoHref(person, 'small') as string }),
    badges: badgesOf(person),
  }))
}

/** The address says which photo, so that browsers show a new one at once. */
export const photoHref = ({ slug, photo }: Pick<Person, 'slug' | 'photo'>, size: PhotoSize): string | undefined =>
  photo === undefined ? undefined : `/people/${slug}/photo?size=${size}&v=${photo.version}`

export function badgesOf({ skills }: Person): PersonRow['badges'] {
  const willing = new Set(skills.flatMap(skill => skill.willing))
  if (willing.has('lend')) return [{ text: willingTexts.lend, kind: 'good' }]
  if (willing.has('advise')) return [{ text: willingTexts.advise, kind: 'plain' }]
  return []
}

/** A declared skill as the profile prints it. */
export const presentDeclaredSkill = (
  { skillId, level, lastUsed, willing }: DeclaredSkill,
  skills: ReadonlyMap<string, { slug: string; label: string }>,
) => ({
  name: skills.get(skillId)?.label ?? 'A skill that is not kept any more',
  href: `/skills/${skills.get(skillId)?.slug ?? ''}`,
  /** A skill that is gone is taken off by its id. */
  slug: skills.get(skillId)?.slug ?? skillId,
  level,
  lastUsed: lastUsed === undefined ? '' : `last used ${monthAndYear(lastUsed)}`,
  willing: willing.map(kind => willingTexts[kind]).join(', '),
})
