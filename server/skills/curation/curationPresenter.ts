import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Services } from '../../services.ts'
import { presentMerges } from '../merges/mergePresenter.ts'
import { presentPair } from '../pairs/pairPresenter.ts'
import { presentOpenProposals } from '../proposals/proposalPresenter.ts'
import { presentSplits } from '../splits/splitPresenter.ts'

const proposalsShown = 50
const pairsShown = 20

/** Everything that views/skills/curation/index prints. */
export async function presentCuration(keeper: SignedInPerson, services: Services) {
  const { skills, skillProposals, skillPairs, skillMerges, skillSplits } = services
  const [vocabulary, open, openTotal, merges, splits] = await Promise.all([
    skills.list(keeper),
    skillProposals.open(keeper, proposalsShown),
    skillProposals.countOpen(keeper),
    skillMerges.list(keeper),
    skillSplits.list(keeper),
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
    splits: await presentSplits(splits, keeper, services),
  }
}
