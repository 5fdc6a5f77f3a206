import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { pagination } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import type { Person } from '../people/personModel.ts'
import { presentDeclaredSkill, presentPersonRows } from '../people/personPresenter.ts'
import type { Reason } from '../search/reasons.ts'
import type { Services } from '../services.ts'
import { confirmationsHref } from './confirmations/confirmationPresenter.ts'
import type { Skill } from './skillModel.ts'

export function presentSkillGroups(skills: readonly Skill[], declared: readonly { id: string; count: number }[]) {
  const counts = new Map(declared.map(({ id, count }) => [id, count]))
  const names = [...new Set(skills.map(({ group }) => group))]
  return names.map(name => ({
    name,
    skills: skills
      .filter(({ group }) => group === name)
      .map(skill => ({ name: skill.name, href: `/skills/${skill.slug}`, people: counts.get(skill._id) ?? 0 })),
  }))
}

interface Listed {
  people: Person[]
  total: number
  page: number
  pageSize: number
}

export async function presentSkill(
  skill: Skill,
  { people, total, page, pageSize }: Listed,
  reader: SignedInPerson,
  { search, confirmations, relatedSkills }: Services,
) {
  const ids = people.map(({ _id }) => _id)
  const [confirmed, related] = await Promise.all([confirmations.countsOf(reader, ids, skill._id), relatedSkills.to(skill, reader)])
  const named = new Map([[skill._id, { slug: skill.slug, label: skill.name }]])
  const rows = await presentPersonRows(people, search.namer(reader))
  return {
    title: skill.name,
    group: skill.group,
    aliases: skill.aliases,
    description: skill.description,
    related: related.map(({ name, slug }) => ({ text: name, href: `/skills/${slug}` })),
    total,
    people: rows.map((row, position) => ({ ...row, reasons: reasonsOf(people[position] as Person, skill, named, confirmed) })),
    pagination: pagination(page, Math.ceil(total / pageSize), number => `/skills/${skill.slug}?page=${number}`),
    searchHref: `/search?skill=${skill.slug}`,
    ...(may(reader, { verb: 'keep skills' }) ? { editHref: `/skills/${skill.slug}/edit` } : {}),
  }
}

function reasonsOf(
  person: Person,
  { _id, slug }: Skill,
  named: ReadonlyMap<string, { slug: string; label: string }>,
  confirmed: ReadonlyMap<string, number>,
): Reason[] {
  const count = confirmed.get(person._id) ?? 0
  const declared = person.skills
    .filter(({ skillId }) => skillId === _id)
    .map(declared => presentDeclaredSkill(declared, named))
    .map(({ level, lastUsed, willing }) => ({ shape: 'declared' as const, before: [level, lastUsed, willing].filter(Boolean).join(' · ') }))
  if (count === 0) return declared
  const text = count === 1 ? '1 colleague' : `${count.toLocaleString('en-GB')} colleagues`
  return [
    ...declared,
    { shape: 'confirmed', before: 'confirmed by', link: { href: confirmationsHref({ person: person.slug, skill: slug }), text } },
  ]
}

export function presentSkillForm(typed: Record<string, unknown>, errors: Problems = {}, skill?: Skill) {
  return {
    title: skill === undefined ? 'Add a skill' : `Edit ${skill.name}`,
    typed,
    errors,
    action: skill === undefined ? '/skills' : `/skills/${skill.slug}`,
    cancelHref: skill === undefined ? '/skills' : `/skills/${skill.slug}`,
  }
}
