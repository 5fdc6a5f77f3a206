import type { Reader } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Services } from '../../services.ts'
import type { SkillProposal } from './skillProposalModel.ts'

/** For those who proposed: what came of it, in words, without a word of the others who did. */
export async function presentProposalStates(proposals: readonly SkillProposal[], reader: Reader, { skills }: Pick<Services, 'skills'>) {
  const named = await skills.named({ ids: proposals.flatMap(({ skillId }) => skillId ?? []) }, reader)
  return Promise.all(
    proposals.map(async proposal => {
      const [skill] = await skills.current(
        named.filter(({ _id }) => _id === proposal.skillId),
        reader,
      )
      return {
        name: proposal.name,
        proposed: longDate(proposal.createdAt),
        ...stateWords(proposal, skill?.name),
        ...(skill === undefined ? {} : { href: `/skills/${skill.slug}`, skill: skill.name }),
      }
    }),
  )
}

function stateWords({ state, reason = '', decidedAt }: SkillProposal, skill: string | undefined) {
  const on = decidedAt === undefined ? '' : `on ${longDate(decidedAt)}`
  switch (state) {
    case 'open':
      return { state: 'waits for the administrators', kind: 'plain' }
    case 'accepted':
      return { state: 'accepted', kind: 'good', note: `In the vocabulary ${on}.` }
    case 'alias':
      return { state: 'accepted', kind: 'good', note: `Another name for ${skill ?? 'a skill that is not kept any more'} ${on}.` }
    case 'declined':
      return { state: 'declined', kind: 'attention', note: `Declined ${on}: ${reason}` }
  }
}
