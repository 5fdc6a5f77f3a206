import type { Reader } from '../../access/accessTokens.ts'
import type { HeldSkill } from './heldSkills.ts'

export interface SkillBearer {
  _id: string
  /** Raised with each change of the record. */
  rev: number
  skills: HeldSkill[]
}

/** A record as a choice among others. */
export interface ListedBearer {
  _id: string
  name: string
  href: string
  /** What tells it apart: a level, a role. */
  facts: string[]
  /** What it says. */
  text: string
}

/** Records of one kind that have skills, declared by the feature that keeps them. */
export interface SkillHolder {
  kind: 'person' | 'article' | 'request'
  /** How many that the reader may see have all of these skills. */
  count(reader: Reader, skillIds: readonly string[]): Promise<number>
  /** How many of these the reader may see. */
  countOf(reader: Reader, ids: readonly string[]): Promise<number>
  /** As far as the reader may see them, with what they say. */
  listed(reader: Reader, skillId: string, most: number): Promise<ListedBearer[]>
  /** Whoever may read them. */
  having(skillId: string, most: number): Promise<SkillBearer[]>
  byId(id: string): Promise<SkillBearer | undefined>
  /** @returns false when it was changed since */
  write(bearer: Pick<SkillBearer, '_id' | 'rev'>, skills: readonly HeldSkill[]): Promise<boolean>
}
