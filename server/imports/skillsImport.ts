import { z } from 'zod'
import { partnershipToken } from '../access/accessTokens.ts'
import type { Skill } from '../skills/skillModel.ts'
import { firstWordsOf } from '../skills/skillService.ts'
import { given } from './changedFields.ts'
import type { ImportContext, Importer } from './importer.ts'
import { keepNamed } from './keepNamed.ts'
import { NamedRecords } from './namedRecords.ts'
import { givenLine, givenList, givenText, neededLine, readRow, sourceId } from './rowFields.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  aliases: givenList(),
  group: givenLine(),
  description: givenText(10_000),
})
type Row = z.infer<typeof schema>

export async function skillsImport({ models }: ImportContext): Promise<Importer<Row>> {
  const known = await NamedRecords.load<Skill>('skill', models.skills)
  return {
    type: 'skills',
    columns: Object.keys(schema.shape),
    needed: ['id', 'name'],
    read: cells => readRow(schema, 'skills', cells),
    keep: rows =>
      keepNamed<Row, Skill>(rows, {
        model: models.skills,
        known,
        adopt: ({ name }) => known.named(name).find(skill => skill.sourceId === undefined),
        wanted: ({ id, name, ...rest }) => {
          const aliases = rest.aliases ?? known.withSourceId(id)?.aliases ?? []
          return { name, ...given<Skill>(rest), firstWords: firstWordsOf({ name, aliases }) }
        },
        defaults: { aliases: [], group: 'Other', description: '', firstWords: [], readers: [partnershipToken] },
      }),
  }
}
