import type { SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import { pagination } from '../http/pages.ts'
import type { Problems } from '../http/validated.ts'
import type { Person } from '../people/personModel.ts'
import { presentDeclaredSkill, presentPersonRows } from '../people/personPresenter.ts'
import type { Services } from '../services.ts'
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

export async function presentSkill(skill: Skill, { people, total, page, pageSize }: Listed, reader: SignedInPerson, { search }: Services) {
  const named = new Map([[skill._id, { slug: skill.slug, label: skill.name }]])
  const rows = await presentPersonRows(people, search.namer(reader))
  return {
    title: skill.name,
    group: skill.group,
    aliases: skill.aliases,
    description: skill.description,
    total,
    people: rows.map((row, position) => ({ ...row, reasons: declaredReasons(people[position] as Person, skill._id, named) })),
    pagination: pagination(page, Math.ceil(total / pageSize), number => `/skills/${skill.slug}?page=${number}`),
    searchHref: `/search?skill=${skill.slug}`,
    ...(may(reader, { verb: 'keep skills' }) ? { editHref: `/skills/${skill.slug}/edit` } : {}),
  }
}

function declaredReasons(person: Person, skillId: string, named: ReadonlyMap<string, { slug: string; label: string }>) {
  return person.skills
    .filter(declared => declared.skillId === skillId)
    .map(declared => presentDeclaredSkill(declared, named))
    .map(({ level, lastUsed, willing }) => ({ shape: 'declared', before: [level, lastUsed, willing].filter(Boolean).join(' · ') }))
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
