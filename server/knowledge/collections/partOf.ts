import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import type { NamedArticle } from './collectedArticles.ts'
import { collectionHref } from './collectionPresenter.ts'

const linkTo = (article: NamedArticle | undefined) =>
  article === undefined ? undefined : { text: article.title, href: `/knowledge/${article.slug}` }

/** The collections that an article is in, each with what comes before and after it there, for this person. */
export async function presentPartOf({ _id }: Article, person: SignedInPerson, { collections, collectedArticles }: Services) {
  const containing = await collections.containing(person, _id)
  const named = await collectedArticles.named(
    person,
    containing.flatMap(({ articleIds }) => articleIds),
  )
  const byId = new Map(named.map(article => [article._id, article]))
  return containing.map(collection => {
    const seen = collection.articleIds.filter(id => byId.has(id))
    const place = seen.indexOf(_id)
    return {
      text: collection.title,
      href: collectionHref(collection),
      before: linkTo(byId.get(seen[place - 1] ?? '')),
      after: linkTo(byId.get(seen[place + 1] ?? '')),
    }
  })
}
