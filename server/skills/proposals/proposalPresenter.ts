import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { similarSkills } from '../similarNames.ts'
import type { Skill } from '../skillModel.ts'
import { presentProposalStates } from './proposalStates.ts'
import type { Proposer, SkillProposal } from './skillProposalModel.ts'

type Typed = Record<string, unknown>

const similarShown = 5
export const proposalHref = ({ _id }: Pick<SkillProposal, '_id'>) => `/admin/skills/proposals/${_id}`

/** Open proposals in a list, with the skills that are like each beside it. */
export async function presentOpenProposals(
  proposals: readonly SkillProposal[],
  vocabulary: readonly Skill[],
  keeper: SignedInPerson,
  services: Services,
) {
  const whoever = await proposersOf(proposals, keeper, services)
  return proposals.map(proposal => ({
    name: proposal.name,
    href: proposalHref(proposal),
    proposed: longDate(proposal.createdAt),
    group: proposal.group ?? '',
    proposers: proposal.proposers.map(whoever),
    similar: similarOf(proposal, vocabulary),
  }))
}

/** Everything that views/skills/curation/proposal prints. */
export async function presentProposal(proposal: SkillProposal, keeper: SignedInPerson, services: Services, typed: Typed, errors: Problems) {
  const { skills, skillProposals, search } = services
  const vocabulary = await skills.list(keeper)
  const whoever = await proposersOf([proposal], keeper, services)
  const [decision] = await presentProposalStates([proposal], keeper, services)
  const deciders = await search.namer(keeper)('author', proposal.decidedById === undefined ? [] : [proposal.decidedById])
  const before = proposal.state === 'open' ? await skillProposals.declinedBefore(keeper, proposal) : []
  return {
    title: `Proposed: ${proposal.name}`,
    isOpen: proposal.state === 'open',
    isUnfinished: proposal.unfinished === true,
    decision,
    decidedBy: deciders.get(proposal.decidedById ?? '')?.label ?? '',
    group: proposal.group ?? '',
    proposers: proposal.proposers.map(whoever),
    declinedBefore: before.map(({ decidedAt, reason = '' }) => ({ on: decidedAt === undefined ? '' : longDate(decidedAt), reason })),
    similar: similarOf(proposal, vocabulary),
    action: proposalHref(proposal),
    typed: { name: proposal.name, group: proposal.group ?? '', description: '', ...typed },
    errors,
  }
}

const similarOf = ({ name }: SkillProposal, vocabulary: readonly Skill[]) =>
  similarSkills(name, vocabulary, similarShown).map(skill => ({
    name: skill.name,
    href: `/skills/${skill.slug}`,
    group: skill.group,
    aliases: skill.aliases.join(', '),
  }))

/** How a proposer is shown: somebody who left has no name here any more. */
async function proposersOf(proposals: readonly SkillProposal[], keeper: SignedInPerson, { people, search }: Services) {
  const ids = proposals.flatMap(({ proposers }) => proposers.map(({ personId }) => personId))
  const known = new Map((await people.named({ ids: [...new Set(ids)] }, keeper)).map(person => [person._id, person]))
  const organisations = await search.namer(keeper)(
    'organisation',
    [...known.values()].map(({ organisationId }) => organisationId),
  )
  return ({ personId, level, at, why = '' }: Proposer) => {
    const person = known.get(personId)
    return {
      name: person?.name ?? 'Somebody who left',
      ...(person === undefined ? {} : { href: `/people/${person.slug}` }),
      organisation: organisations.get(person?.organisationId ?? '')?.label ?? '',
      level,
      on: longDate(at),
      why,
    }
  }
}
