import type { FeatureServices } from '../feature.ts'
import { byOwner, type Handover } from '../handover.ts'

export const dayHandover = ({ days }: Pick<FeatureServices, 'days'>): Handover => ({
  kind: 'days',
  title: 'Partnership days to come',
  question: 'New host of the days',
  receivers: 'anybody',
  withoutReceiver: 'Coordinators can change them, and their other hosts stay',
  async owned(administrator, people) {
    const ids = people.map(({ _id }) => _id)
    return byOwner(
      await days.hostedBy(ids),
      ({ hostIds }) => hostIds.filter(id => ids.includes(id)),
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/days/${slug}` } : { id },
    )
  },
  async handOver({ owner, receiver: { personId }, handedOver }) {
    let given = 0
    for (const day of personId === undefined ? [] : await days.hostedBy([owner._id])) {
      if (await days.giveHosting(day, owner._id, personId as string)) given += 1
      handedOver()
    }
    return given
  },
})
