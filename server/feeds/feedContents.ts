import type { SignedInPerson } from '../access/accessTokens.ts'
import { Unavailable } from '../failures.ts'
import { isSensitive } from '../knowledge/articles/articleMarking.ts'
import type { Article } from '../knowledge/articles/articleModel.ts'
import { currentStates } from '../knowledge/reviews/articleStates.ts'
import { addressOf } from '../search/question/questionAddress.ts'
import type { Question } from '../search/question/understanding.ts'
import type { Services } from '../services.ts'

const newest = { from: 0, size: 30 }
/** Feeds are read outside of the site: what is sensitive is in none. */
const open = { states: currentStates, marking: 'OFFICIAL' } as const

export interface FeedContent {
  title: string
  /** The page that the feed follows: "/skills/vmware". */
  page: string
  articles: readonly Article[]
}

/** What is in a feed: the newest published articles that its reader may read. */
export const feedContents = ({ articles, skills, organisations, search }: Services) => ({
  /** @throws Unavailable while the engine is away: simple results would come as news */
  async ofSearch(reader: SignedInPerson, question: Question): Promise<FeedContent> {
    const answer = await search.search(reader, { ...question, type: 'article', sort: 'date', page: 1 })
    if (answer.isPlain) throw new Unavailable('The search engine is not answering. Ask again in a few minutes.', 300)
    const found = answer.groups.flatMap(group => group.found.map(({ record }) => record as unknown as Article))
    return {
      title: question.q === '' ? 'Search' : `Search: ${question.q.slice(0, 80)}`,
      page: addressOf(question, { page: 1 }),
      articles: found.filter(article => currentStates.includes(article.state) && !isSensitive(article)),
    }
  },

  async ofSkill(reader: SignedInPerson, asked: string): Promise<FeedContent> {
    const { _id: skillId, name, slug } = await skills.bySlug(reader, asked)
    const listed = await articles.list(reader, { skillId, ...open }, newest)
    return { title: name, page: `/skills/${slug}`, articles: listed.articles }
  },

  async ofOrganisation(reader: SignedInPerson, asked: string): Promise<FeedContent> {
    const { _id: organisationId, name, slug } = await organisations.bySlug(reader, asked)
    const listed = await articles.list(reader, { organisationId, ...open }, newest)
    return { title: name, page: `/organisations/${slug}`, articles: listed.articles }
  },
})
