import { createHash } from 'node:crypto'
import type { Skill } from './skillModel.ts'

/** Equal as long as nobody changed what a form of these skills shows. */
export function skillVersionOf(...skills: readonly Pick<Skill, 'name' | 'aliases' | 'group' | 'description'>[]): string {
  const shown = skills.map(({ name, aliases, group, description }) => [name, aliases, group, description])
  return createHash('sha256').update(JSON.stringify(shown)).digest('hex').slice(0, 16)
}
