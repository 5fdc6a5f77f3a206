import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentAttachments } from '../attachments/attachmentPresenter.ts'
import { presentPartOf } from '../collections/partOf.ts'
import { type Looking, presentFollowArticle, presentTalk } from '../talk/talkPresenter.ts'
import { presentUsefulness } from '../usefulness/usefulnessPresenter.ts'
import type { Article } from './articleModel.ts'
import { presentArticle } from './articlePresenter.ts'

/** Everything that views/knowledge/article prints: the article, its attachments and what is said under it. */
export async function presentArticlePage(article: Article, person: SignedInPerson, services: Services, looking: Looking = {}) {
  const [shown, talk, follow, attached, partOf, useful] = await Promise.all([
    presentArticle(article, person, services),
    presentTalk(article, person, services, looking),
    presentFollowArticle(article, person, services),
    presentAttachments(article, person, services),
    presentPartOf(article, person, services),
    presentUsefulness(article, person, services, looking.typed),
  ])
  return { ...shown, ...attached, talk, follow, partOf, useful }
}
