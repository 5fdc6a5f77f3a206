import { z } from 'zod'
import { partnershipToken } from '../access/accessTokens.ts'
import type { Skill } from '../skills/skillModel.ts'
import { firstWordsOf } from '../skills/skillService.ts'
import { given } from './changedFields.ts'
import { type ImportContext, type Importer, RowRefused } from './importer.ts'
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
        wanted: ({ id: _id, name, ...rest }, existing) => {
          const aliases = rest.aliases ?? existing?.aliases ?? []
          refuseClash(known, [name, ...aliases], existing)
          return { name, ...given<Skill>(rest), firstWords: firstWordsOf({ name, aliases }) }
        },
        defaults: { aliases: [], group: 'Other', description: '', firstWords: [], readers: [partnershipToken] },
      }),
  }
}

/** A name or alias means one skill, in the import as in the forms. */
function refuseClash(known: NamedRecords<Skill>, names: readonly string[], existing: Skill | undefined): void {
  for (const name of names) {
    const other = known.named(name).find(({ _id }) => _id !== existing?._id)
    if (other !== undefined) throw new RowRefused(`"${name}" is the name or an alias of the skill ${other.name} already`)
  }
}
