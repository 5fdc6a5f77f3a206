import { byOwner, type Handover } from '../../handover.ts'
import type { RequestServices } from '../requestServices.ts'

export const requestHandover = ({ requestLeavers }: Pick<RequestServices, 'requestLeavers'>): Handover => ({
  kind: 'requests',
  title: 'Open requests for help',
  question: 'Who asks in their place',
  receivers: 'colleagues',
  withoutReceiver: 'When they leave, these go to the first point of contact of the organisation',
  async owned(administrator, people) {
    return byOwner(
      await requestLeavers.openOf(people.map(({ _id }) => _id)),
      ({ askerId }) => [askerId],
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/requests/${slug}` } : { id },
    )
  },
  async handOver({ administrator, owner, receiver: { personId }, handedOver }) {
    let given = 0
    for (const request of personId === undefined ? [] : await requestLeavers.openOf([owner._id])) {
      if (await requestLeavers.give(request, personId as string, administrator.id)) given += 1
      handedOver()
    }
    return given
  },
})
