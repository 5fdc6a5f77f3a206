import type { Reader } from '../access/accessTokens.ts'
import type { Level } from '../skills/levels.ts'
import type { Reason } from './reasons.ts'
import type { NamedRecord } from './searchType.ts'

/** That others confirm an asked skill of somebody who declares it. */
export interface ConfirmedSkill {
  personId: string
  skillId: string
  /** How many confirm it. */
  count: number
  /** Who does, with a link that the reader may open. */
  reason: Reason
}

/** Which of these skills are confirmed, of people who declare them at one of these levels: as far as the reader may see who confirms whom. */
export type ConfirmedSkills = (
  asked: { skills: readonly NamedRecord[]; levels: readonly Level[] },
  reader: Reader,
) => Promise<readonly ConfirmedSkill[]>
