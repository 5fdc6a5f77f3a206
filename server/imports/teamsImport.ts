import { z } from 'zod'
import { partnershipToken } from '../access/accessTokens.ts'
import type { Organisation } from '../organisations/organisationModel.ts'
import type { Team } from '../organisations/teamModel.ts'
import { given } from './changedFields.ts'
import type { ImportContext, Importer } from './importer.ts'
import { keepNamed } from './keepNamed.ts'
import { NamedRecords } from './namedRecords.ts'
import { givenText, neededLine, readRow, sourceId } from './rowFields.ts'

const schema = z.strictObject({ id: sourceId, name: neededLine(), organisation: neededLine(), description: givenText(10_000) })
type Row = z.infer<typeof schema>

export async function teamsImport({ models }: ImportContext): Promise<Importer<Row>> {
  const organisations = await NamedRecords.load<Organisation>('organisation', models.organisations)
  const known = await NamedRecords.load<Team>('team', models.teams)
  const organisationOf = (row: Row) => organisations.get(row.organisation)._id
  return {
    type: 'teams',
    columns: Object.keys(schema.shape),
    needed: ['id', 'name', 'organisation'],
    read: cells => readRow(schema, 'teams', cells),
    keep: rows =>
      keepNamed<Row, Team>(rows, {
        model: models.teams,
        known,
        adopt: row => known.named(row.name).find(team => team.sourceId === undefined && team.organisationId === organisationOf(row)),
        wanted: row => ({ name: row.name, organisationId: organisationOf(row), ...given<Team>({ description: row.description }) }),
        defaults: { description: '', readers: [partnershipToken] },
      }),
  }
}
