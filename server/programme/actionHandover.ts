import type { FeatureServices } from '../feature.ts'
import { byOwner, type Handover } from '../handover.ts'

export const actionHandover = ({ actions }: Pick<FeatureServices, 'actions'>): Handover => ({
  kind: 'actions',
  title: 'Actions',
  question: 'New owner of the actions',
  receivers: 'anybody',
  withoutReceiver: 'They stay open, and coordinators can change them',
  async owned(administrator, people) {
    return byOwner(
      await actions.ownedBy(people.map(({ _id }) => _id)),
      ({ ownerId }) => (ownerId === undefined ? [] : [ownerId]),
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/programme/actions/${slug}` } : { id },
    )
  },
  async handOver({ owner, receiver: { personId }, handedOver }) {
    let given = 0
    for (const action of personId === undefined ? [] : await actions.ownedBy([owner._id])) {
      if (await actions.give(action, owner._id, personId as string)) given += 1
      handedOver()
    }
    return given
  },
})
