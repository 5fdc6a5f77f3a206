import { z } from 'zod'
import { partnershipToken } from '../../access/accessTokens.ts'
import { roles } from '../../access/roles.ts'
import type { FeatureServices } from '../../feature.ts'
import { Batch, isRefused, refusedOr } from '../../imports/batch.ts'
import { changedFields, given } from '../../imports/changedFields.ts'
import { freeSlugs } from '../../imports/freeSlugs.ts'
import type { ImportContext, Importer, Outcome } from '../../imports/importer.ts'
import { givenChoice, givenLine, givenList, givenText, neededLine, readRow, severalChoices, sourceId } from '../../imports/rowFields.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite, type NewRecord } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { blankProfile } from '../blankProfile.ts'
import type { Person } from '../personModel.ts'
import { nameWords, normalisedName } from '../personNames.ts'
import { absenceOf, givenAbsence } from './absenceField.ts'
import { declaredSkill, givenSkills } from './declaredSkillField.ts'
import { refuseForKeeper } from './keeperRights.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  organisation: neededLine(),
  teams: givenList(),
  role: givenLine(),
  roles: severalChoices(roles),
  about: givenText(20_000),
  email: givenLine(),
  phone: givenLine(),
  workingPattern: givenLine(),
  skills: givenSkills,
  absence: givenAbsence,
  status: givenChoice(['active', 'left']),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'organisations' | 'teams' | 'skills'> & { models: Pick<Models, 'people'> }

/** What a row would come to. */
export interface PlannedRow {
  outcome: Outcome
  /** Of somebody who is there already. */
  personId?: string
  /** What would change. */
  fields: readonly string[]
}

export interface PeopleImporter extends Importer<Row> {
  /** What `keep` would do, with nothing written. */
  plan(rows: readonly Row[]): Promise<PlannedRow[]>
}

export async function peopleImport({ models, ...services }: Needed, context: ImportContext): Promise<PeopleImporter> {
  const organisations = await services.organisations.forImport()
  const teams = await services.teams.forImport()
  const skills = await services.skills.forImport()
  const write = new IndexedWrite<Person>(models.people, 'name', context.clock)

  const wanted = (row: Row): Partial<NewRecord<Person>> & Pick<Person, 'name' | 'organisationId' | 'nameWords'> => {
    const organisationId = organisations.get(row.organisation)._id
    const { id, name, organisation: _named, teams: teamNames, skills: declared, email, absence, ...rest } = row
    return {
      ...given<Person>(rest),
      ...given<Person>({
        email: email?.toLowerCase(),
        absence: absence && absenceOf(absence, context.clock.now()),
        teamIds: teamNames?.map(team => teams.get(team, ({ organisationId: own }) => own === organisationId)._id),
        skills: declared?.map(skill => declaredSkill(skill, skills.get(skill.skill)._id, context)),
      }),
      ...(rest.status === undefined ? {} : { readers: rest.status === 'left' ? [] : [partnershipToken] }),
      name: normalisedName(name),
      organisationId,
      nameWords: nameWords(normalisedName(name)),
      sourceId: id,
    }
  }

  async function planned(rows: readonly Row[]): Promise<{ rows: PlannedRow[]; batch: Batch<Person> }> {
    const { existing, addressed } = await existingPeople(models.people, rows)
    const batch = new Batch<Person>()
    const planOne = (row: Row): PlannedRow => {
      const person = existing(row)
      const fields = refusedOr(() => {
        const fields = wanted(row)
        if (context.keeper !== undefined) refuseForKeeper(context.keeper, fields, person, addressed(row))
        return fields
      })
      if (isRefused(fields)) return { outcome: fields, fields: [] }
      if (person === undefined) {
        batch.added.push({ ...blankProfile, ...fields, _id: newId(), slug: '' })
        return { outcome: 'added', fields: [] }
      }
      const changed = changedFields<Person>(person, person.status === fields.status ? withoutReaders(fields) : fields)
      if (changed === undefined) return { outcome: 'unchanged', personId: person._id, fields: [] }
      batch.changes.push({ filter: { _id: person._id }, change: { $set: changed } })
      return { outcome: 'changed', personId: person._id, fields: Object.keys(changed) }
    }
    return { rows: rows.map(planOne), batch }
  }

  async function keep(rows: readonly Row[]): Promise<Outcome[]> {
    const { rows: kept, batch } = await planned(rows)
    const slugs = await freeSlugs(
      models.people,
      batch.added.map(({ _id, name }) => ({ id: _id, title: name })),
    )
    for (const person of batch.added) person.slug = slugs.get(person._id) as string
    await batch.write(write)
    return kept.map(({ outcome }) => outcome)
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'name', 'organisation'],
    read: cells => readRow(schema, 'people', cells),
    keep,
    plan: async rows => (await planned(rows)).rows,
  }
}

/** Who may read a profile follows its status when that changes; else it stays, so that somebody suspended stays hidden. */
const withoutReaders = <F extends Partial<Person>>({ readers: _readers, ...fields }: F) => fields

/** By the id of the file, or by the address of somebody who was invited before the file came. */
async function existingPeople(model: Models['people'], rows: readonly Row[]) {
  const reason = 'an import finds what its rows name'
  const emails = rows.flatMap(({ email }) => (email === undefined ? [] : [email.toLowerCase()]))
  const bySource = await model
    .find({ sourceId: { $in: rows.map(({ id }) => id) } })
    .asSystem(reason)
    .lean<Person[]>()
  const byEmail =
    emails.length === 0
      ? []
      : await model
          .find({ email: { $in: emails } })
          .asSystem(reason)
          .lean<Person[]>()
  const sources = new Map(bySource.map(person => [person.sourceId, person]))
  const addresses = new Map(byEmail.map(person => [person.email, person]))
  const addressed = ({ email }: Row) => (email === undefined ? undefined : addresses.get(email.toLowerCase()))
  const invited = (row: Row) => byEmail.find(({ email, sourceId }) => sourceId === undefined && email === row.email?.toLowerCase())
  const existing = (row: Row) => sources.get(row.id) ?? (row.email === undefined ? undefined : invited(row))
  return { existing, addressed }
}
