import type { FeatureServices } from '../../feature.ts'
import { byOwner, type Handover } from '../../handover.ts'

export const collectionHandover = ({ collections }: FeatureServices): Handover => ({
  kind: 'collections',
  title: 'Collections',
  question: 'New owner of the collections',
  receivers: 'own organisation',
  withoutReceiver: 'Their articles stay in them, and editors of the organisation can change them',
  async owned(administrator, people) {
    const ids = people.map(({ _id }) => _id)
    return byOwner(
      await collections.ownedBy(administrator, ids),
      ({ owner }) => (owner.personId === undefined ? [] : [owner.personId]),
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/knowledge/collections/${slug}` } : { id },
    )
  },
  async handOver({ administrator, owner, receiver, handedOver }) {
    const { personId, teamId } = receiver
    let given = 0
    for (const collection of await collections.ownedBy(administrator, [owner._id])) {
      if (await collections.give(collection, owner._id, teamId === undefined ? { personId } : { teamId })) given += 1
      handedOver()
    }
    return given
  },
})
