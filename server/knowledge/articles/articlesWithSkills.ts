import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { SkillHolder } from '../../skills/merges/skillHolder.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Article } from './articleModel.ts'

const reason = 'a merge of two skills is carried out on every article'
const asBearer = ({ _id, rev, skillIds }: Article) => ({ _id, rev, skills: skillIds.map(skillId => ({ skillId })) })

/** An article that names another skill is the same article: it is not newer for it. */
export function articlesWithSkills({ articles }: Pick<Models, 'articles'>, clock: Clock): SkillHolder {
  const write = new IndexedWrite<Article>(articles, 'title', clock)
  return {
    kind: 'article',
    count: async (reader, skillIds) => articles.countDocuments({ skillIds: { $all: [...skillIds] } }).readableBy(reader),
    countOf: async (reader, ids) => articles.countDocuments({ _id: { $in: [...ids] } }).readableBy(reader),
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
