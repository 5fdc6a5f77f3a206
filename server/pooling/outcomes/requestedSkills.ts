import type { FeatureServices } from '../../feature.ts'
import type { ConfirmedSkill, ConfirmedSkills } from '../../search/confirmedSkills.ts'
import type { Reason } from '../../search/reasons.ts'

type Needed = Pick<FeatureServices, 'requests' | 'skills' | 'people'>

/** That somebody helped with solved requests for a skill and agreed that this is shown: it confirms the skill to those who may read the request. */
export const requestedSkills =
  ({ requests, skills, people }: Needed): ConfirmedSkills =>
  async (asked, reader) => {
    const standingFor = await skills.standingFor(
      asked.skills.map(({ id }) => id),
      reader,
    )
    const solved = await requests.solvedWith(reader, [...standingFor.keys()])
    const known = await people.named({ ids: [...new Set(solved.flatMap(({ contributorIds }) => contributorIds))] }, reader)
    const declares = (personId: string, skillId: string) =>
      known.some(
        ({ _id, skills: own }) => _id === personId && own.some(held => held.skillId === skillId && asked.levels.includes(held.level)),
      )
    const byPerson = new Map<string, ConfirmedSkill>()
    for (const { title, slug, skills: needed, contributorIds } of solved)
      for (const skillId of new Set(needed.flatMap(({ skillId: id }) => standingFor.get(id) ?? [])))
        for (const personId of contributorIds.filter(id => declares(id, skillId))) {
          const key = `${personId} ${skillId}`
          const reason: Reason = { shape: 'confirmed', before: 'shown by helping with', link: { href: `/requests/${slug}`, text: title } }
          byPerson.set(key, { personId, skillId, count: (byPerson.get(key)?.count ?? 0) + 1, reason: byPerson.get(key)?.reason ?? reason })
        }
    return [...byPerson.values()]
  }
