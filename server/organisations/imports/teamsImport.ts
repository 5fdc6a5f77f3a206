import { z } from 'zod'
import { partnershipToken } from '../../access/accessTokens.ts'
import { given } from '../../imports/changedFields.ts'
import type { Importer } from '../../imports/importer.ts'
import { keepNamed } from '../../imports/keepNamed.ts'
import { givenText, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import type { Models } from '../../models.ts'
import { callOrderOfRow, contactColumns } from '../contacts/contactFields.ts'
import type { OrganisationService } from '../organisationService.ts'
import type { Team } from '../teamModel.ts'
import type { TeamService } from '../teamService.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  organisation: neededLine(),
  description: givenText(10_000),
  ...contactColumns,
})
type Row = z.infer<typeof schema>

interface Needed {
  models: Pick<Models, 'teams'>
  organisations: OrganisationService
  teams: TeamService
}

export async function teamsImport({ models, organisations, teams }: Needed): Promise<Importer<Row>> {
  const knownOrganisations = await organisations.forImport()
  const known = await teams.forImport()
  const organisationOf = (row: Row) => knownOrganisations.get(row.organisation)._id
  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'name', 'organisation'],
    read: cells => readRow(schema, 'teams', cells),
    keep: rows =>
      keepNamed<Row, Team>(rows, {
        model: models.teams,
        known,
        adopt: row => known.named(row.name).find(team => team.sourceId === undefined && team.organisationId === organisationOf(row)),
        wanted: row => ({
          name: row.name,
          organisationId: organisationOf(row),
          ...given<Team>({ description: row.description, callOrder: callOrderOfRow(row) }),
        }),
        defaults: { description: '', readers: [partnershipToken] },
      }),
  }
}
