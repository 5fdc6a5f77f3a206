import type { Clock } from '../../clock.ts'
import { longDate } from '../../http/dates.ts'
import type { Models } from '../../models.ts'
import type { SkillHolder } from '../../skills/merges/skillHolder.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { AskedSkill, HelpRequest } from './requestModel.ts'

const reason = 'a merge or a split of skills is carried out on every request'
const asBearer = ({ _id, rev, skills }: HelpRequest) => ({ _id, rev, skills })

const asListed = ({ _id, title, slug, state, askedAt, text }: HelpRequest) => ({
  ...{ _id, name: title, href: `/requests/${slug}` },
  facts: [state, `asked on ${longDate(askedAt)}`],
  text: `${title}\n${text}`,
})

export function requestsWithSkills({ requests }: Pick<Models, 'requests'>, clock: Clock): SkillHolder {
  const write = new IndexedWrite<HelpRequest>(requests, 'title', clock)
  return {
    kind: 'request',
    count: async (reader, skillIds) => requests.countDocuments({ 'skills.skillId': { $all: [...skillIds] } }).readableBy(reader),
    countOf: async (reader, ids) => requests.countDocuments({ _id: { $in: [...ids] } }).readableBy(reader),
    listed: async (reader, skillId, most) => {
      const naming = requests.find({ 'skills.skillId': skillId }).readableBy(reader).sort({ updatedAt: -1, _id: 1 })
      return (await naming.limit(most).lean<HelpRequest[]>()).map(asListed)
    },
    having: async (skillId, most) => {
      const naming = requests.find({ 'skills.skillId': skillId }).asSystem(reason)
      return (await naming.limit(most).lean<HelpRequest[]>()).map(asBearer)
    },
    byId: async _id => {
      const request = await requests
        .findOne({ _id, deletedAt: { $exists: false } })
        .asSystem(reason)
        .lean<HelpRequest>()
      return request === null ? undefined : asBearer(request)
    },
    write: async ({ _id, rev }, skills) => (await write.update({ _id, rev }, { $set: { skills: skills.map(asAsked) } })) !== null,
  }
}

const asAsked = ({ skillId, level }: AskedSkill): AskedSkill => ({ skillId, ...(level === undefined ? {} : { level }) })
