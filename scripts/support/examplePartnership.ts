import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Role, roles } from '../../server/access/roles.ts'
import { CannotStart } from '../../server/failures.ts'
import { projectRoot } from '../../server/http/projectRoot.ts'
import { importTypes } from '../../server/imports/importers.ts'
import { importRows } from '../../server/imports/importRun.ts'
import type { Person } from '../../server/people/personModel.ts'
import type { Services } from '../../server/services.ts'
import { openTable } from '../../server/tables/openTable.ts'

const highestRole: Role = 'partnership administrator'
const partnershipName = 'Cheshire ICT partnership'
const skillsFollowed = 3
const folder = join(projectRoot, 'examples', 'partnership')

export interface ExampleAccount {
  role: Role
  name: string
  email: string
}

/** Imports the files of the example, in the order in which they refer to each other. */
export async function importExample(services: Services, refused: (problem: string) => void): Promise<void> {
  for (const type of importTypes) {
    const file = join(folder, `${type}.jsonl`)
    if (!existsSync(file)) continue
    const table = await openTable(file)
    await importRows(services, { type, table, refuse: ({ line, reason }) => refused(`${type}.jsonl, line ${line}: ${reason}`) })
  }
}

/** The partnership with its first administrator, whom the example names: the import finds them, and their organisation, there already. */
export async function beginExample({ partnership }: Services, password: string): Promise<ExampleAccount> {
  const token = await partnership.offerFirstRun()
  const first = await firstWith('people', ({ roles: given }) => Array.isArray(given) && given.includes(highestRole))
  const organisation = await firstWith('organisations', ({ id }) => id === first.organisation)
  const [name, email] = [String(first.name), String(first.email)]
  await partnership.begin({ token: token ?? '', partnershipName, organisationName: String(organisation.name), name, email, password })
  return { role: highestRole, name, email }
}

/** Opens an account for one person of each other role; who has the fewest roles besides shows a role best. */
export async function openExampleAccounts(services: Services, password: string, first: ExampleAccount): Promise<ExampleAccount[]> {
  const people = await services.models.people
    .find({ status: 'active' })
    .asSystem('the demo chooses who can sign in')
    .sort({ name: 1 })
    .lean<Person[]>()
  const opened = [first]
  for (const role of roles.filter(other => other !== first.role)) {
    const fitting = people.filter(person => person.roles.includes(role) && !opened.some(({ email }) => email === emailOf(person)))
    const [person] = fitting.sort((a, b) => a.roles.length - b.roles.length)
    if (person === undefined) continue
    await services.accounts.open({ personId: person._id, email: emailOf(person), password })
    opened.push({ role, name: person.name, email: emailOf(person) })
  }
  const following = people.filter(person => opened.some(({ role, email }) => role !== 'member' && email === emailOf(person)))
  for (const person of following) await followSkills(services, person)
  return opened.reverse()
}

/** The member is new: the others follow what they know themselves. */
async function followSkills({ accounts, following }: Services, { _id, skills }: Person): Promise<void> {
  const person = await accounts.signedIn(_id)
  if (person === undefined) return
  for (const { skillId } of skills.slice(0, skillsFollowed)) await following.follow(person, 'skill', { id: skillId })
}

const emailOf = ({ email, slug }: Person) => email ?? `${slug}@example.org`

async function firstWith(type: string, isWanted: (cells: Record<string, unknown>) => boolean): Promise<Record<string, unknown>> {
  const file = join(folder, `${type}.jsonl`)
  for await (const row of (await openTable(file)).rows) if ('cells' in row && isWanted(row.cells)) return row.cells
  throw new CannotStart(`${file} lacks what the demo needs: a partnership administrator and their organisation.`)
}
