import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentOpenProposals } from '../proposals/proposalPresenter.ts'

const proposalsShown = 50

/** Everything that views/skills/curation/index prints. */
export async function presentCuration(keeper: SignedInPerson, services: Services) {
  const { skills, skillProposals } = services
  const [vocabulary, open, openTotal] = await Promise.all([
    skills.list(keeper),
    skillProposals.open(keeper, proposalsShown),
    skillProposals.countOpen(keeper),
  ])
  return {
    title: 'Skills vocabulary',
    total: vocabulary.length,
    proposals: await presentOpenProposals(open, vocabulary, keeper, services),
    proposalsTotal: openTotal,
  }
}
