import type { FeatureServices } from '../../feature.ts'
import { byOwner, type Handover } from '../../handover.ts'

export const approvalHandover = ({ approvals }: Pick<FeatureServices, 'approvals'>): Handover => ({
  kind: 'approvals',
  title: 'Waiting for their approval',
  question: 'Who approves it instead',
  receivers: 'anybody',
  withoutReceiver: 'It waits until its authors withdraw it and name somebody else',
  async owned(administrator, people) {
    const waiting = await approvals.waitingFor(
      administrator,
      people.map(({ _id }) => _id),
    )
    return byOwner(
      waiting,
      ({ approverId }) => (approverId === undefined ? [] : [approverId]),
      ({ _id: id, title, slug, readers }) =>
        readers.some(token => administrator.tokens.includes(token)) ? { id, title, href: `/knowledge/${slug}` } : { id },
    )
  },
  async handOver({ administrator, owner, receiver: { personId }, handedOver }) {
    let given = 0
    for (const article of personId === undefined ? [] : await approvals.waitingFor(administrator, [owner._id])) {
      if (await approvals.askInstead(article, personId as string)) given += 1
      handedOver()
    }
    return given
  },
})
