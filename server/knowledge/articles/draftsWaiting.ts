import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Waiting } from '../../feature.ts'
import type { Services } from '../../services.ts'

const mostShown = 5

/** The drafts that somebody touched last, to be finished. */
export const draftsWaiting =
  ({ articles }: Pick<Services, 'articles'>) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const drafts = await articles.list(person, { authorId: person.id, states: ['draft'] }, { from: 0, size: mostShown })
    return drafts.articles.map(({ title, slug, updatedAt }) => ({
      text: `Your draft: ${title}`,
      href: `/knowledge/${slug}`,
      since: updatedAt,
    }))
  }
