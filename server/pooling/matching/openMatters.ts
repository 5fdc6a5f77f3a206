import type { Models } from '../../models.ts'
import type { HelpRequest } from '../requests/requestModel.ts'

const helping = { state: { $in: ['matched' as const, 'under way' as const] } }

/** How many requests people help with, or are invited to and have not answered. */
export class OpenMatters {
  private readonly requests: Models['requests']

  constructor({ requests }: Pick<Models, 'requests'>) {
    this.requests = requests
  }

  async counts(personIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const ids = [...personIds]
    const invited = { state: 'asked' as const, invitations: { $elemMatch: { personId: { $in: ids }, state: 'invited' as const } } }
    const open = await this.requests
      .find({ $or: [{ ...helping, helperId: { $in: ids } }, invited] })
      .asSystem('who has enough to do is not asked for more')
      .select({ helperId: 1, invitations: 1, state: 1 })
      .lean<HelpRequest[]>()
    const counts = new Map<string, number>()
    for (const id of open.flatMap(whose)) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }
}

const whose = ({ state, helperId, invitations }: HelpRequest): string[] =>
  state === 'asked'
    ? invitations.filter(invitation => invitation.state === 'invited').map(({ personId }) => personId)
    : helperId === undefined
      ? []
      : [helperId]
