import type { Reader } from '../access/accessTokens.ts'
import type { Followable } from '../notifications/followable.ts'
import type { Skill } from './skillModel.ts'
import type { SkillService } from './skillService.ts'

/** A skill that was merged into one that was merged itself, and so on: further than this nobody goes. */
const longestChain = 5

const asSubject = ({ _id: id, slug, name }: Skill) => ({ id, slug, name, href: `/skills/${slug}` })

/** A merged skill is followed as the one that it was merged into. */
export const followedSkills = (skills: SkillService): Followable => ({
  kind: 'skill',
  heading: 'Skills',
  bySlug: async (reader, slug) => {
    const skill = await skills.bySlug(reader, slug)
    return asSubject((await goingOn(skills, reader, [skill])).get(skill._id) ?? skill)
  },
  byIds: async (reader, ids) => {
    const found = await goingOn(skills, reader, await skills.named({ ids }, reader))
    return new Map([...found].map(([id, skill]) => [id, asSubject(skill)]))
  },
})

/** By their ids, the skills that stand for them today. */
async function goingOn(skills: SkillService, reader: Reader, asked: readonly Skill[]): Promise<Map<string, Skill>> {
  const today = new Map(asked.map(skill => [skill._id, skill]))
  for (let step = 0; step < longestChain; step++) {
    const merged = [...today.values()].flatMap(({ mergedInto }) => mergedInto ?? [])
    if (merged.length === 0) break
    const targets = new Map((await skills.named({ ids: merged }, reader)).map(skill => [skill._id, skill]))
    for (const [id, { mergedInto }] of today) {
      const target = mergedInto === undefined ? undefined : targets.get(mergedInto)
      if (target !== undefined) today.set(id, target)
    }
  }
  return today
}
