import { createHash } from 'node:crypto'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { keepRows, type Refusal, type Tally } from '../../imports/keepRows.ts'
import type { PeopleImporter, peopleImport } from '../../people/imports/peopleImport.ts'
import type { Person } from '../../people/personModel.ts'
import type { PersonService } from '../../people/personService.ts'
import { textTable } from '../../tables/textTable.ts'
import type { PeopleUpload } from './peopleUploadModel.ts'
import { uniqueRows } from './uniqueRows.ts'

export type OpenImporter = (keeper: SignedInPerson, warn: (about: string) => void) => ReturnType<typeof peopleImport>

export interface PlannedPerson {
  id: string
  name: string
  fields: readonly string[]
}

/** What a file would come to, were it confirmed now. */
export interface PeopleImportPlan {
  tally: Tally
  added: PlannedPerson[]
  changed: PlannedPerson[]
  refusals: Refusal[]
  leavers: Person[]
  /** Equal as long as it would come to the same. */
  fingerprint: string
}

const mostPeople = 50_000

/** @throws CannotStart when a column is wrong or missing */
export async function planPeopleImport(
  keeper: SignedInPerson,
  { file, text, leaversOf }: Pick<PeopleUpload, 'file' | 'text' | 'leaversOf'>,
  { open, people }: { open: OpenImporter; people: PersonService },
): Promise<PeopleImportPlan> {
  const plan = { added: [] as PlannedPerson[], changed: [] as PlannedPerson[], refusals: [] as Refusal[] }
  const present = new Set<string>()
  const table = await uniqueTable(file, text ?? '')
  const note = (importer: PeopleImporter): PeopleImporter => ({
    ...importer,
    keep: async rows => {
      const planned = await importer.plan(rows)
      for (const [position, { outcome, personId, fields }] of planned.entries()) {
        const { id = '', name = '' } = rows[position] ?? {}
        if (personId !== undefined) present.add(personId)
        if (outcome === 'added' || outcome === 'changed') plan[outcome].push({ id, name, fields: fields.filter(shown) })
      }
      return planned.map(({ outcome }) => outcome)
    },
  })
  const refuse = (refusal: Refusal) => void plan.refusals.push(refusal)
  const tally = await keepRows(async warn => note(await open(keeper, warn)), { type: 'people', table, refuse })
  const mayLeave = leaversOf !== undefined && plan.refusals.length === 0
  const leavers = mayLeave ? await absentPeople(keeper, leaversOf, present, people) : []
  return { tally, ...plan, leavers, fingerprint: fingerprintOf(plan, leavers) }
}

export async function uniqueTable(file: string, text: string) {
  const table = await textTable(file, text)
  return { ...table, rows: uniqueRows(table.rows) }
}

/** Of the organisation's people, those of whom the file says nothing; never the administrator or somebody whom they may not suspend. */
async function absentPeople(keeper: SignedInPerson, organisationId: string, present: ReadonlySet<string>, people: PersonService) {
  const all = await people.list(keeper, { organisationId, status: 'active' }, { from: 0, size: mostPeople })
  return all.people.filter(person => !present.has(person._id) && mayMakeLeave(keeper, person))
}

export const mayMakeLeave = (keeper: SignedInPerson, person: Person): boolean =>
  person._id !== keeper.id && may(keeper, { verb: 'suspend', record: person })

const shown = (field: string) => !['nameWords', 'sourceId', 'readers'].includes(field)

function fingerprintOf(plan: object, leavers: readonly Person[]): string {
  const told = JSON.stringify([plan, leavers.map(({ _id }) => _id)])
  return createHash('sha256').update(told).digest('hex').slice(0, 32)
}
