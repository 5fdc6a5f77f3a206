import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentMerges } from '../merges/mergePresenter.ts'
import { presentPair } from '../pairs/pairPresenter.ts'
import { presentOpenProposals } from '../proposals/proposalPresenter.ts'

const proposalsShown = 50
const pairsShown = 20

/** Everything that views/skills/curation/index prints. */
export async function presentCuration(keeper: SignedInPerson, services: Services) {
  const { skills, skillProposals, skillPairs, skillMerges } = services
  const [vocabulary, open, openTotal, merges] = await Promise.all([
    skills.list(keeper),
    skillProposals.open(keeper, proposalsShown),
    skillProposals.countOpen(keeper),
    skillMerges.list(keeper),
  ])
  const pairs = await skillPairs.proposed(vocabulary)
  return {
    title: 'Skills vocabulary',
    total: vocabulary.length,
    proposals: await presentOpenProposals(open, vocabulary, keeper, services),
    proposalsTotal: openTotal,
    pairs: pairs.slice(0, pairsShown).map(presentPair),
    pairsTotal: pairs.length,
    merges: await presentMerges(merges, keeper, services),
  }
}
