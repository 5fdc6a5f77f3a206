import type { SignedInPerson } from '../access/accessTokens.ts'
import { pagination } from '../http/pages.ts'
import type { Article } from '../knowledge/articles/articleModel.ts'
import { type ArticleRow, presentArticleRows } from '../knowledge/articles/articleRows.ts'
import type { Followed } from '../notifications/following.ts'
import type { Services } from '../services.ts'
import { demandDays } from '../skills/skillsInDemand.ts'
import { demandedSkills } from './demandedSkills.ts'
import { newcomerPath } from './newcomerPath.ts'
import { interestsOf, whyNews } from './news.ts'
import { waitingFor } from './waitingFor.ts'
import { presentWaiting } from './waitingPresenter.ts'

const newsShown = 5
const recentShown = 8
const skillsShown = 10
const newsPageSize = 20

/** Everything that views/home/home prints. What it asks for does not grow with what there is. */
export async function presentHome(person: SignedInPerson, services: Services) {
  const { people, search, following, firstSteps, newestArticles, waiting, log } = services
  const [own, taken, waits, recent, followed, declared, demanded] = await Promise.all([
    people.byId(person.id),
    firstSteps.of(person),
    waitingFor(person, waiting, log),
    newestArticles.touched(person, newsShown + recentShown),
    following.all(person),
    search.mostFrequent(person, 'person', 'skill', skillsShown),
    demandedSkills(person, services),
  ])
  const { subjects, hasBegun } = followed
  const news = await newestArticles.news(person, interestsOf(person, subjects), { from: 0, size: newsShown })
  const others = recent.filter(({ _id }) => news.every(shown => shown._id !== _id)).slice(0, recentShown)
  const [newsRows, recentArticles] = await Promise.all([
    presentNewsRows(news, person, subjects, services),
    rowsOf(others, person, services),
  ])
  return {
    title: 'Home',
    path: own === undefined ? undefined : newcomerPath(own, { ...taken, hasFollowed: hasBegun }),
    waiting: presentWaiting(waits),
    news: newsRows,
    followed: subjects.length,
    recentArticles,
    skills: declared.map(({ label, slug, count }) => ({ name: label, href: `/skills/${slug}`, people: count })),
    demanded,
    demandDays,
  }
}

/** Everything that views/home/news prints. */
export async function presentNews(person: SignedInPerson, page: number, services: Services) {
  const { following, newestArticles } = services
  const { subjects } = await following.all(person)
  const interests = interestsOf(person, subjects)
  const [articles, total] = await Promise.all([
    newestArticles.news(person, interests, { from: (page - 1) * newsPageSize, size: newsPageSize }),
    newestArticles.countNews(person, interests),
  ])
  return {
    title: 'New for you',
    total,
    followed: subjects.length,
    news: await presentNewsRows(articles, person, subjects, services),
    pagination: pagination(page, Math.ceil(total / newsPageSize), number => `/news?page=${number}`),
  }
}

const rowsOf = (articles: readonly Article[], person: SignedInPerson, { search, clock }: Services, dateOf?: (article: Article) => Date) =>
  presentArticleRows(
    articles.map(record => ({ record, highlights: {} })),
    search.namer(person),
    { now: clock.now(), dateOf },
  )

/** With the day on which they were published, by which they are in order, and why they are there. */
async function presentNewsRows(
  articles: readonly Article[],
  person: SignedInPerson,
  subjects: readonly Followed[],
  services: Services,
): Promise<ArticleRow[]> {
  const rows = await rowsOf(articles, person, services, ({ publishedAt, updatedAt }) => publishedAt ?? updatedAt)
  return rows.map((row, position) => ({ ...row, why: whyNews(articles[position] as Article, person, subjects) }))
}
