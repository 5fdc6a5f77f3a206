import { beginningWith } from '../../search/suggestions/beginningWith.ts'
import type { SuggestionSource } from '../../search/suggestions/suggestion.ts'
import type { GuardedModel } from '../../storage/guardedReads.ts'
import { kindName } from '../kinds/kinds.ts'
import type { Article } from './articleModel.ts'

export const suggestedArticles =
  (articles: GuardedModel<Article>): SuggestionSource =>
  async (begun, reader, most) => {
    const found = await beginningWith(articles, begun, { reader, most, titleOf: ({ title }) => title })
    return found.map(({ title, kind, slug }) => ({ value: title, hint: kindName(kind).toLowerCase(), href: `/knowledge/${slug}` }))
  }
