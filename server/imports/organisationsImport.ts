import { z } from 'zod'
import { partnershipToken } from '../access/accessTokens.ts'
import { type Organisation, organisationStatuses, organisationTypes } from '../organisations/organisationModel.ts'
import { plainWords } from '../storage/titleWords.ts'
import { given } from './changedFields.ts'
import type { ImportContext, Importer } from './importer.ts'
import { keepNamed } from './keepNamed.ts'
import { NamedRecords } from './namedRecords.ts'
import { givenChoice, givenList, neededLine, readRow, sourceId } from './rowFields.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  type: givenChoice(organisationTypes),
  domains: givenList(),
  status: givenChoice(organisationStatuses),
})
type Row = z.infer<typeof schema>

export async function organisationsImport({ models }: ImportContext): Promise<Importer<Row>> {
  const known = await NamedRecords.load<Organisation>('organisation', models.organisations)
  return {
    type: 'organisations',
    columns: Object.keys(schema.shape),
    needed: ['id', 'name'],
    read: cells => readRow(schema, 'organisations', cells),
    keep: rows =>
      keepNamed<Row, Organisation>(rows, {
        model: models.organisations,
        known,
        adopt: ({ name }) => known.named(name).find(record => record.sourceId === undefined),
        wanted: ({ id: _id, name, ...rest }) => ({ name, nameWords: plainWords(name), ...given<Organisation>(rest) }),
        defaults: { type: 'other', domains: [], status: 'active', readers: [partnershipToken] },
      }),
  }
}
