import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { JobServices, Waiting } from '../../feature.ts'
import { stillThere } from './matches.ts'
import { newCount, pageOf } from './savedSearchPresenter.ts'

/** What saved searches found and their owner has not looked at, as far as they may still see it. */
export const newMatchesWaiting =
  ({ savedSearches, search }: JobServices) =>
  async (person: SignedInPerson): Promise<Waiting[]> => {
    const saved = await savedSearches.withNews(person)
    const there = await stillThere([...new Set(saved.flatMap(({ fresh }) => fresh))], person, search.types)
    return saved.flatMap(one => {
      const count = newCount(one, there)
      const { name, foundAt } = one
      if (count === 0) return []
      return [
        {
          text: `${count.toLocaleString('en-GB')} new in “${name}”`,
          href: pageOf(one),
          ...(foundAt === undefined ? {} : { since: foundAt }),
        },
      ]
    })
  }
