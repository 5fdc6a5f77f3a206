import type { Article } from '../../server/knowledge/articles/articleModel.ts'
import type { Services } from '../../server/services.ts'
import { IndexedWrite } from '../../server/storage/indexedWrite.ts'
import { newId } from '../../server/storage/newId.ts'
import { madeUpNumbers, sentence } from './madeUpText.ts'

const revisionCount = 200
const commentCount = 500
const minuteMs = 60_000

/** Gives one of the articles 500 comments and 200 revisions. @returns the addresses of it and of one without any */
export async function muchTalkedOf({ models, clock, indexer }: Services): Promise<{ long: string; quiet: string }> {
  const [long, quiet] = await models.articles.find({}).sort({ _id: 1 }).limit(2).asSystem('a bench measures their pages').lean<Article[]>()
  if (long === undefined || quiet === undefined) throw new Error('there are no articles to measure')
  const number = madeUpNumbers(500)
  const times = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ _id: newId(), at: new Date(clock.now().getTime() - (count - at) * minuteMs) }))
  const revisions = times(revisionCount).map(({ _id, at }, place) => ({
    ...{ _id, articleId: long._id, revision: place + 1, title: long.title, text: long.text },
    ...{ readers: long.readers, savedAt: at, savedById: long.authorIds[0] ?? '' },
  }))
  const comments = times(commentCount).map(({ _id, at }) => ({
    ...{ _id, parentType: 'article', parentId: long._id, byId: long.authorIds[0] ?? '', text: sentence(number, 30), at, rev: 1 },
  }))
  await models.revisions.insertMany(revisions, { lean: true })
  await models.comments.insertMany(comments, { lean: true })
  const revisionIds = revisions.map(({ _id }) => _id)
  await new IndexedWrite<Article>(models.articles, 'title', clock).update(
    { _id: long._id },
    { $set: { revisionIds, revision: revisionCount } },
  )
  await indexer.settled({ withinMs: 600_000 })
  return { long: `/knowledge/${long.slug}`, quiet: `/knowledge/${quiet.slug}` }
}
