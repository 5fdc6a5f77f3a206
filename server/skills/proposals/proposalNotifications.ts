import type { JobServices } from '../../feature.ts'
import type { NotificationKind } from '../../notifications/notificationKind.ts'
import type { SkillProposal } from './skillProposalModel.ts'

export const proposalNotifications = ({ skillProposals }: Pick<JobServices, 'skillProposals'>): NotificationKind => ({
  id: 'skill-proposal-decided',
  title: 'A skill that you proposed is accepted or declined',
  usually: 'daily',
  async present(reader, notices) {
    const decided = await skillProposals.decidedFor(
      reader.id,
      notices.map(({ subjectId }) => subjectId),
    )
    const byId = new Map(decided.map(proposal => [proposal._id, proposal]))
    return new Map(
      notices.flatMap(({ _id, subjectId }) => {
        const proposal = byId.get(subjectId)
        if (proposal === undefined) return []
        const words = wordsOf(proposal)
        const mail = { subject: 'What became of a skill that you proposed', words }
        return [[_id, { words, mail, href: `/people/${reader.slug}/skills` }] as const]
      }),
    )
  },
})

function wordsOf({ state, name }: SkillProposal): string {
  switch (state) {
    case 'accepted':
      return `“${name}”, which you proposed, is in the skills vocabulary and on your profile`
    case 'alias':
      return `“${name}”, which you proposed, is another name for a skill that is on your profile now`
    default:
      return `“${name}”, which you proposed, was declined, with the reason`
  }
}
