import type { AskedTable, FoundRecord, NamedRecord, ResultTable } from '../search/searchType.ts'
import type { DeclaredSkill, Person } from './personModel.ts'
import { willingTexts } from './personPresenter.ts'

/** People in a table: a column for each asked skill with the level they declare; without one, all their skills in one. */
export async function presentPersonTable(
  found: readonly FoundRecord<Person>[],
  { named, skills: asked, site }: AskedTable,
): Promise<ResultTable> {
  const people = found.map(({ record }) => record)
  const [organisations, skills] = await Promise.all([
    named(
      'organisation',
      people.map(({ organisationId }) => organisationId),
    ),
    asked.length > 0
      ? new Map<string, NamedRecord>()
      : named(
          'skill',
          people.flatMap(person => person.skills.map(({ skillId }) => skillId)),
        ),
  ])
  const said = ({ skillId, level }: DeclaredSkill) => (skills.has(skillId) ? [`${skills.get(skillId)?.label} (${level})`] : [])
  const levelOf = (person: Person, id: string) => person.skills.find(({ skillId }) => skillId === id)?.level ?? ''
  return {
    head: [
      'Name',
      'Organisation',
      'Job title',
      ...(asked.length > 0 ? asked.map(({ label }) => `${label}: level`) : ['Skills']),
      'Willing',
      'Address',
    ],
    rows: people.map(person => [
      person.name,
      organisations.get(person.organisationId)?.label ?? '',
      person.role,
      ...(asked.length > 0 ? asked.map(({ id }) => levelOf(person, id)) : [person.skills.flatMap(said).join('; ')]),
      willingOf(person, asked),
      `${site}/people/${person.slug}`,
    ]),
  }
}

/** For the asked skills, or for any. */
function willingOf({ skills }: Person, asked: readonly NamedRecord[]): string {
  const counted = asked.length === 0 ? skills : skills.filter(({ skillId }) => asked.some(({ id }) => id === skillId))
  return [...new Set(counted.flatMap(({ willing }) => willing))].map(kind => willingTexts[kind]).join(', ')
}
