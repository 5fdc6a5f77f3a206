import { z } from 'zod'
import { given } from '../../imports/changedFields.ts'
import type { ImportContext } from '../../imports/importer.ts'
import { readDate } from '../../imports/readDate.ts'
import { givenChoice, neededLine, severalChoices } from '../../imports/rowFields.ts'
import { type Level, levels, type Willingness, willingness } from '../../skills/levels.ts'
import type { DeclaredSkill } from '../personModel.ts'

const rowSkill = z.strictObject({
  skill: neededLine(),
  level: givenChoice(levels),
  lastUsed: z.unknown().optional(),
  willing: severalChoices(willingness),
})
export type RowSkill = z.infer<typeof rowSkill>

/** In a CSV cell: "VMware=expert+advise+lend; Oracle=working". In JSONL the same texts, or objects with skill, level, lastUsed and willing. */
export const givenSkills = z
  .preprocess(
    value => (typeof value === 'string' ? value.split(';').filter(part => part.trim() !== '') : value),
    z.array(z.preprocess(asObject, rowSkill), 'must be a list').max(200, 'has more than 200 parts'),
  )
  .optional()

function asObject(value: unknown): unknown {
  if (typeof value !== 'string') return value
  const [skill, level, ...willing] = value.split(/[=+]/).map(part => part.trim())
  return { skill, level: level || undefined, willing }
}

export function declaredSkill({ level, lastUsed, willing }: RowSkill, skillId: string, { clock, warn }: ImportContext): DeclaredSkill {
  const used = readDate(lastUsed, clock.now())
  if (lastUsed !== undefined && used === undefined) warn('dates that could not be read, and were left out')
  return {
    skillId,
    level: (level ?? 'working') as Level,
    ...given<{ lastUsed: Date }>({ lastUsed: used }),
    willing: (willing ?? []) as Willingness[],
  }
}
