import { z } from 'zod'
import { partnershipToken } from '../access/accessTokens.ts'
import { given } from '../imports/changedFields.ts'
import { type Importer, type Outcome, RowRefused } from '../imports/importer.ts'
import { keepNamed } from '../imports/keepNamed.ts'
import type { NamedRecords } from '../imports/namedRecords.ts'
import { givenLine, givenList, givenText, neededLine, readRow, sourceId } from '../imports/rowFields.ts'
import type { Models } from '../models.ts'
import type { Skill } from './skillModel.ts'
import { firstWordsOf, type SkillService } from './skillService.ts'

const schema = z.strictObject({
  id: sourceId,
  name: neededLine(),
  aliases: givenList(),
  group: givenLine(),
  description: givenText(10_000),
})
type Row = z.infer<typeof schema>

interface Needed {
  models: Pick<Models, 'skills'>
  skills: SkillService
}

export async function skillsImport({ models, skills }: Needed): Promise<Importer<Row>> {
  const known = await skills.forImport()
  const merged = await skills.mergedSourceIds()
  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'name'],
    read: cells => readRow(schema, 'skills', cells),
    keep: async rows => {
      const kept = await keepNamed<Row, Skill>(
        rows.filter(({ id }) => !merged.has(id)),
        {
          model: models.skills,
          known,
          adopt: ({ name }) => known.named(name).find(skill => skill.sourceId === undefined),
          wanted: ({ id: _id, name, ...rest }, existing) => {
            const aliases = rest.aliases ?? existing?.aliases ?? []
            refuseClash(known, [name, ...aliases], existing)
            return { name, ...given<Skill>(rest), firstWords: firstWordsOf({ name, aliases }) }
          },
          defaults: { aliases: [], group: 'Other', description: '', firstWords: [], readers: [partnershipToken] },
        },
      )
      // An administrator merged it: a file that still has it does not undo that.
      return rows.map(({ id }): Outcome => (merged.has(id) ? 'unchanged' : (kept.shift() as Outcome)))
    },
  }
}

/** A name or alias means one skill, in the import as in the forms. */
function refuseClash(known: NamedRecords<Skill>, names: readonly string[], existing: Skill | undefined): void {
  for (const name of names) {
    const other = known.named(name).find(({ _id }) => _id !== existing?._id)
    if (other !== undefined) throw new RowRefused(`"${name}" is the name or an alias of the skill ${other.name} already`)
  }
}
