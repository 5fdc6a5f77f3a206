import { z } from 'zod'
import { partnershipToken } from '../../access/accessTokens.ts'
import type { FeatureServices } from '../../feature.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { readDate } from '../../imports/readDate.ts'
import { neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import type { Person } from '../../people/personModel.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { type Confirmation, confirmationId } from './confirmationModel.ts'

const schema = z.strictObject({
  id: sourceId,
  person: neededLine(),
  skill: neededLine(),
  by: neededLine(),
  date: z.unknown().optional(),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'skills' | 'people' | 'authors'> & { models: Pick<FeatureServices['models'], 'confirmations'> }

/** Who confirms which skill of whom, from a file. One that is there stays as it is: withdrawn, hidden or contested too. */
export async function confirmationsImport(services: Needed, { clock, warn }: ImportContext): Promise<Importer<Row>> {
  const { models, people, authors } = services
  const skills = await services.skills.forImport()

  function wanted(row: Row, found: (reference: string) => Person): Confirmation {
    const [person, by, skill] = [found(row.person), found(row.by), skills.get(row.skill)]
    const declared = person.skills.find(({ skillId }) => skillId === skill._id)
    if (declared === undefined) throw new RowRefused(`${person.name} does not declare "${row.skill}"`)
    if (person._id === by._id) throw new RowRefused(`${person.name} would confirm a skill of their own`)
    const date = readDate(row.date, clock.now())
    if (row.date !== undefined && date === undefined) warn('dates that could not be read, and were left out')
    const about = { personId: person._id, skillId: skill._id, byId: by._id }
    return { _id: confirmationId(about), ...about, level: declared.level, confirmedAt: date ?? clock.now() }
  }

  async function namedIn(rows: readonly Row[]): Promise<(reference: string) => Person> {
    const named = await authors.named(rows.flatMap(({ person, by }) => [person, by]))
    const ids = rows.flatMap(({ person, by }) => [person, by].flatMap(reference => named.ids(reference)))
    const active = new Map((await people.named({ ids }, { tokens: [partnershipToken] })).map(person => [person._id, person]))
    return reference => {
      const person = active.get(named.find(reference)?._id ?? '')
      if (person === undefined) throw new RowRefused(`there is nobody "${reference}" here`)
      return person
    }
  }

  async function keepOne(row: Row, found: (reference: string) => Person): Promise<Outcome> {
    try {
      await models.confirmations.insertMany([wanted(row, found)], { lean: true })
      return 'added'
    } catch (error) {
      if (error instanceof RowRefused) return { refused: error.message }
      if (isTaken(error)) return 'unchanged'
      throw error
    }
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'person', 'skill', 'by'],
    read: cells => readRow(schema, 'confirmations', cells),
    async keep(rows) {
      const found = await namedIn(rows)
      const outcomes: Outcome[] = []
      for (const row of rows) outcomes.push(await keepOne(row, found))
      return outcomes
    },
  }
}
