import { z } from 'zod'
import { partnershipToken } from '../../access/accessTokens.ts'
import { given } from '../../imports/changedFields.ts'
import type { Importer } from '../../imports/importer.ts'
import { keepNamed } from '../../imports/keepNamed.ts'
import { givenChoice, givenList, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import type { Models } from '../../models.ts'
import { plainWords } from '../../storage/titleWords.ts'
import { callOrderOfRow, contactColumns } from '../contacts/contactFields.ts'
import { type Organisation, organisationStatuses, organisationTypes } from '../organisationModel.ts'
import type { OrganisationService } from '../organisationService.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  type: givenChoice(organisationTypes),
  domains: givenList(),
  status: givenChoice(organisationStatuses),
  ...contactColumns,
})
type Row = z.infer<typeof schema>

interface Needed {
  models: Pick<Models, 'organisations'>
  organisations: OrganisationService
}

export async function organisationsImport({ models, organisations }: Needed): Promise<Importer<Row>> {
  const known = await organisations.forImport()
  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'name'],
    read: cells => readRow(schema, 'organisations', cells),
    keep: rows =>
      keepNamed<Row, Organisation>(rows, {
        model: models.organisations,
        known,
        adopt: ({ name }) => known.named(name).find(record => record.sourceId === undefined),
        wanted: ({ id: _id, name, type, domains, status, ...contacts }) => ({
          name,
          nameWords: plainWords(name),
          ...given<Organisation>({ type, domains, status, callOrder: callOrderOfRow(contacts) }),
        }),
        defaults: { type: 'other', domains: [], status: 'active', readers: [partnershipToken] },
      }),
  }
}
