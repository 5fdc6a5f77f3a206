import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { administeredBy } from '../../accounts/accountAdministration.ts'
import type { Handover, OwnedPart } from '../../handover.ts'
import type { ArticleOwners, OwnedArticle } from '../../knowledge/articles/articleOwners.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { Person } from '../../people/personModel.ts'

interface Collaborators {
  leavers: Leavers
  articleOwners: ArticleOwners
  parts: readonly Handover[]
}

export interface Waiting {
  person: Person
  parts: OwnedPart[]
}

const mostLeavers = 2_000

/** What belongs to people who have left: looked up whenever it is asked for, so that nothing is forgotten whatever was interrupted. */
export class Unowned {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** Those who have left and whom this administrator keeps, with what they still own. */
  async leavers(administrator: SignedInPerson): Promise<Waiting[]> {
    const { people } = await this.with.leavers.list(administeredBy(administrator), { from: 0, size: mostLeavers })
    const kept = people.filter(person => may(administrator, { verb: 'suspend', record: person }))
    if (kept.length === 0) return []
    const owned = await Promise.all(this.with.parts.map(async handover => ({ handover, of: await handover.owned(administrator, kept) })))
    return kept.flatMap(person => {
      const parts = owned
        .map(({ handover, of }) => ({ handover, things: of.get(person._id) ?? [] }))
        .filter(({ things }) => things.length > 0)
      return parts.length === 0 ? [] : [{ person, parts }]
    })
  }

  /** Articles that this administrator may read and change, whose owner has left, from whatever organisation; each with that owner. */
  async articles(administrator: SignedInPerson): Promise<{ article: OwnedArticle; owner: Person }[]> {
    const { articleOwners, leavers } = this.with
    const left = await leavers.among(await articleOwners.ownerIds(administeredBy(administrator).organisationId))
    const owners = new Map(left.map(person => [person._id, person]))
    const articles = await articleOwners.ownedBy(administrator, [...owners.keys()])
    return articles.flatMap(article => {
      const owner = owners.get(article.owner.personId ?? '')
      const isSeen = article.readers.some(token => administrator.tokens.includes(token))
      return owner === undefined || !isSeen ? [] : [{ article, owner }]
    })
  }
}
