import type { Clock } from '../../clock.ts'
import { longDate } from '../../http/dates.ts'
import type { Models } from '../../models.ts'
import type { SkillHolder } from '../../skills/merges/skillHolder.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from './articleModel.ts'

const reason = 'a merge or a split of skills is carried out on every article'
const asBearer = ({ _id, rev, skillIds }: Article) => ({ _id, rev, skills: skillIds.map(skillId => ({ skillId })) })

const asListed = ({ _id, title, slug, state, updatedAt, text }: Article) => ({
  ...{ _id, name: title, href: `/knowledge/${slug}` },
  facts: [...(state === 'draft' ? ['draft'] : []), `changed on ${longDate(updatedAt)}`],
  text: `${title}\n${text}`,
})

/** An article that names another skill is the same article: it is not newer for it. */
export function articlesWithSkills({ articles }: Pick<Models, 'articles'>, clock: Clock): SkillHolder {
  const write = new IndexedWrite<Article>(articles, 'title', clock)
  return {
    kind: 'article',
    count: async (reader, skillIds) => articles.countDocuments({ skillIds: { $all: [...skillIds] } }).readableBy(reader),
    countOf: async (reader, ids) => articles.countDocuments({ _id: { $in: [...ids] } }).readableBy(reader),
    listed: async (reader, skillId, most) => {
      const naming = articles.find({ skillIds: skillId }).readableBy(reader).sort({ updatedAt: -1, _id: 1 })
      return (await naming.limit(most).lean<Article[]>()).map(asListed)
    },
    having: async (skillId, most) => {
      const naming = articles.find({ skillIds: skillId }).asSystem(reason)
      return (await naming.limit(most).lean<Article[]>()).map(asBearer)
    },
    byId: async _id => {
      const article = await articles
        .findOne({ _id, deletedAt: { $exists: false } })
        .asSystem(reason)
        .lean<Article>()
      return article === null ? undefined : asBearer(article)
    },
    write: async ({ _id, rev }, skills) =>
      (await write.update({ _id, rev }, { $set: { skillIds: skills.map(({ skillId }) => skillId) } })) !== null,
  }
}
