import type { FeatureServices } from '../../feature.ts'
import { byOwner, type Handover } from '../../handover.ts'
import { articleStates, unpublishedStates } from '../reviews/articleStates.ts'
import type { Article } from './articleModel.ts'
import type { ArticleOwners } from './articleOwners.ts'

export const articleHandovers = ({ articleOwners }: FeatureServices): Handover[] => [
  articlesIn(publishedStates, articleOwners, { kind: 'articles', title: 'Published articles', question: 'New owner of the articles' }),
  articlesIn(unpublishedStates, articleOwners, { kind: 'drafts', title: 'Drafts', question: 'New owner of the drafts' }),
]

const publishedStates = articleStates.filter(state => !unpublishedStates.includes(state))

const articlesIn = (
  states: readonly Article['state'][],
  owners: ArticleOwners,
  named: Pick<Handover, 'kind' | 'title' | 'question'>,
): Handover => ({
  ...named,
  receivers: 'own organisation',
  withoutReceiver: 'They are listed as articles without an owner',
  async owned(administrator, people) {
    const articles = await owners.ownedBy(
      administrator,
      people.map(({ _id }) => _id),
      states,
    )
    return byOwner(
      articles,
      ({ owner }) => (owner.personId === undefined ? [] : [owner.personId]),
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/knowledge/${slug}` } : { id },
    )
  },
  async handOver({ administrator, owner, receiver, handedOver }) {
    const { personId, teamId } = receiver
    let given = 0
    for (const article of await owners.ownedBy(administrator, [owner._id], states)) {
      if (await owners.give(article, owner._id, teamId === undefined ? { personId } : { teamId }, states)) given += 1
      handedOver()
    }
    return given
  },
})
