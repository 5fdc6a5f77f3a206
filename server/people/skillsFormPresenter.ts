import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Problems } from '../http/validated.ts'
import type { Services } from '../services.ts'
import { levels, willingness } from '../skills/levels.ts'
import { presentProposalStates } from '../skills/proposals/proposalStates.ts'
import { isProposable } from '../skills/proposals/skillProposals.ts'
import { similarSkills } from '../skills/similarNames.ts'
import type { Person } from './personModel.ts'
import { presentDeclaredSkill } from './personPresenter.ts'
import { quoted } from './quoted.ts'

type Typed = Record<string, unknown>

const willingTexts = { advise: 'Advise', mentor: 'Mentor', lend: 'Be lent' } as const

/** Everything that views/people/skills prints. */
export async function presentSkillsForm(person: Person, editor: SignedInPerson, services: Services, typed: Typed, errors: Problems) {
  const { search, skillProposals } = services
  const named = await search.namer(editor)(
    'skill',
    person.skills.map(({ skillId }) => skillId),
  )
  const chosen = [typed.willing].flat()
  const address = `/people/${person.slug}/skills`
  return {
    title: `Skills of ${person.name}`,
    typed,
    errors,
    profileHref: `/people/${person.slug}`,
    action: address,
    declared: person.skills
      .map(skill => presentDeclaredSkill(skill, named))
      .map(skill => ({ ...skill, deleteAction: `${address}/${skill.slug}/delete` })),
    proposed: await presentProposalStates(await skillProposals.ofPerson(person), editor, services),
    missing: await presentMissing(typed, editor, services),
    levels: levels.map(level => ({ value: level, text: level[0]?.toUpperCase() + level.slice(1), checked: typed.level === level })),
    willing: willingness.map(kind => ({ value: kind, text: willingTexts[kind], checked: chosen.includes(kind) })),
  }
}

/** What was typed and is in no vocabulary: it can be proposed, unless something like it is there. */
async function presentMissing({ skill, group: chosen }: Typed, editor: SignedInPerson, { skills }: Services) {
  const { unknown } = await skills.typed(typeof skill === 'string' ? skill.slice(0, 400) : '', editor)
  if (unknown.length === 0 || !unknown.every(isProposable)) return undefined
  const vocabulary = await skills.list(editor)
  const similar = new Map(unknown.flatMap(name => similarSkills(name, vocabulary, 3)).map(skill => [skill._id, skill.name]))
  const groups = [...new Set(vocabulary.map(({ group }) => group))]
  return {
    heading: unknown.length === 1 ? `${quoted(unknown)} is missing in the vocabulary` : `${quoted(unknown)} are missing in the vocabulary`,
    propose: `Propose ${quoted(unknown)} as ${unknown.length === 1 ? 'a new skill' : 'new skills'}`,
    similar: [...similar.values()],
    groups: [
      { value: '', text: 'Leave it to the administrators' },
      ...groups.map(group => ({ value: group, text: group, selected: group === chosen })),
    ],
  }
}
