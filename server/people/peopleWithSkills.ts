import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import type { SkillHolder } from '../skills/merges/skillHolder.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import type { DeclaredSkill, Person } from './personModel.ts'

const reason = 'a merge or a split of skills is carried out on every profile'
const asBearer = ({ _id, rev, skills }: Person) => ({ _id, rev, skills })

const asListed = ({ _id, name, slug, role, about, skills }: Person, skillId: string) => ({
  ...{ _id, name, href: `/people/${slug}` },
  facts: [role, skills.find(held => held.skillId === skillId)?.level ?? ''].filter(fact => fact !== ''),
  text: `${role}\n${about}`,
})

export function peopleWithSkills({ people }: Pick<Models, 'people'>, clock: Clock): SkillHolder {
  const write = new IndexedWrite<Person>(people, 'name', clock)
  return {
    kind: 'person',
    count: async (reader, skillIds) => people.countDocuments({ 'skills.skillId': { $all: [...skillIds] } }).readableBy(reader),
    countOf: async (reader, ids) => people.countDocuments({ _id: { $in: [...ids] } }).readableBy(reader),
    listed: async (reader, skillId, most) => {
      const declaring = people.find({ 'skills.skillId': skillId }).readableBy(reader).sort({ name: 1, _id: 1 })
      return (await declaring.limit(most).lean<Person[]>()).map(person => asListed(person, skillId))
    },
    having: async (skillId, most) => {
      const declaring = people.find({ 'skills.skillId': skillId }).asSystem(reason)
      return (await declaring.limit(most).lean<Person[]>()).map(asBearer)
    },
    byId: async _id => {
      const person = await people
        .findOne({ _id, deletedAt: { $exists: false } })
        .asSystem(reason)
        .lean<Person>()
      return person === null ? undefined : asBearer(person)
    },
    // What comes of declared skills has a level.
    write: async ({ _id, rev }, skills) => (await write.update({ _id, rev }, { $set: { skills: skills as DeclaredSkill[] } })) !== null,
  }
}
