import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import type { SkillHolder } from '../merges/skillHolder.ts'
import { daysToUndo } from '../merges/skillMerges.ts'
import { namesOf } from '../similarNames.ts'
import type { Skill } from '../skillModel.ts'
import { skillVersionOf } from '../skillVersion.ts'
import type { SkillSplit } from './skillSplitModel.ts'
import { type ListedRecord, mostListed, type PlannedSplit } from './skillSplits.ts'
import { choiceName, chosenWay } from './splitForms.ts'

type Typed = Readonly<Record<string, unknown>>

const refreshSeconds = 5
export const splitsPage = '/admin/skills/splits'
const headings: Record<SkillHolder['kind'], string> = {
  person: 'People who declare it',
  article: 'Articles that name it',
  request: 'Requests that name it',
}

/** Everything that views/skills/curation/splitForm prints. */
export const presentSplitForm = (typed: Typed, errors: Problems) => ({ title: 'Split a skill', typed, errors, action: `${splitsPage}/new` })

/** Everything that views/skills/curation/splitPreview prints. */
export async function presentSplitPreview(
  plan: PlannedSplit,
  keeper: SignedInPerson,
  { skillSplits }: Services,
  typed: Typed,
  errors: Problems,
) {
  const { skill, content } = plan
  const records = await skillSplits.records(keeper, plan)
  const choice = choiceOf(plan, typed)
  const { name, aliases, group, description } = content
  return {
    title: `Split ${content.name} off ${skill.name}`,
    skills: [presentSkill('Stays', { ...skill, aliases: aliasesLeft(plan) }), presentSkill('New', { name, aliases, group, description })],
    sections: (['person', 'article', 'request'] as const).map(kind => {
      const ofKind = records.filter(record => record.kind === kind)
      return { heading: headings[kind], count: ofKind.length, isCut: ofKind.length === mostListed, records: ofKind.map(choice) }
    }),
    mostListed,
    daysToUndo,
    hidden: { skill: skill.name, name, aliases: aliases.join(', '), group, description, opened: skillVersionOf(skill) },
    changeHref: `${splitsPage}/new?${new URLSearchParams({ skill: skill.name, name, aliases: aliases.join(', '), group, description, again: 'yes' })}`,
    errors,
  }
}

const aliasesLeft = ({ skill, content }: PlannedSplit) =>
  skill.aliases.filter(alias => !namesOf(content).some(name => name.toLowerCase() === alias.toLowerCase()))

const presentSkill = (role: string, { name, aliases, group, description }: Pick<Skill, 'name' | 'aliases' | 'group' | 'description'>) => ({
  ...{ role, name, group, description },
  aliases: aliases.join(', '),
})

/** What was chosen for a record, or else what is proposed. */
function choiceOf({ skill, content }: PlannedSplit, typed: Typed) {
  const texts = { stays: `${skill.name} alone`, moves: `${content.name} alone`, both: 'Both' }
  return ({ kind, _id, name, href, facts, proposed }: ListedRecord) => {
    const field = choiceName(kind, _id)
    const chosen = chosenWay(typed, field) ?? proposed ?? 'stays'
    return {
      ...{ field, name, href, facts },
      note: proposed === undefined ? '' : `names ${proposed === 'both' ? 'both' : content.name}`,
      items: Object.entries(texts).map(([value, text]) => ({ value, text, checked: value === chosen })),
    }
  }
}

/** Those of the last 30 days, in a list. */
export async function presentSplits(splits: readonly SkillSplit[], keeper: SignedInPerson, services: Services) {
  return Promise.all(
    splits.map(async split => {
      const { on, by } = await decided(split, keeper, services)
      const { kept, merged } = await services.skillSplits.skillsOf(keeper, split)
      return { title: titleOf(split, kept), href: `${splitsPage}/${split._id}`, on, by, ...stateOf(split, merged) }
    }),
  )
}

/** Everything that views/skills/curation/split prints. */
export async function presentSplit(split: SkillSplit, keeper: SignedInPerson, services: Services, errors: Problems) {
  const { skillSplits, skillMerges } = services
  const { kept, merged } = await skillSplits.skillsOf(keeper, split)
  const isUndone = merged?.mergedInto !== undefined
  const named = { kept: kept?.name ?? 'a skill that is not kept any more', fresh: split.name }
  return {
    title: titleOf(split, kept),
    ...named,
    ...stateOf(split, merged),
    ...(await decided(split, keeper, services)),
    keptHref: `/skills/${kept?.slug ?? ''}`,
    freshHref: merged === undefined ? '' : `/skills/${merged.slug}`,
    changes: (await skillSplits.extent(keeper, split)).flatMap(counts => sentences(counts, named)),
    ...(split.unfinished ? { refreshSeconds } : {}),
    mergeHref: isUndone ? `/admin/skills/merges/${merged.merging ?? ''}` : '',
    undoAction: (await skillSplits.canBeUndone(keeper, split)) ? `${splitsPage}/${split._id}/undo` : '',
    until: longDate(skillMerges.lastDay(split.createdAt)),
    errors,
  }
}

const titleOf = ({ name }: SkillSplit, kept: Skill | undefined) => `${name} split off ${kept?.name ?? 'a skill that is not kept any more'}`

function stateOf({ unfinished }: SkillSplit, merged: Skill | undefined) {
  if (unfinished) return { state: 'being split', kind: 'plain' }
  return merged?.mergedInto === undefined ? { state: 'split', kind: 'good' } : { state: 'merged again', kind: 'attention' }
}

async function decided({ createdAt, byId }: SkillSplit, keeper: SignedInPerson, { search }: Services) {
  const keepers = await search.namer(keeper)('author', [byId])
  return { on: longDate(createdAt), by: keepers.get(byId)?.label ?? '' }
}

const words: Record<SkillHolder['kind'], readonly [one: string, several: string]> = {
  person: ['person declares', 'people declare'],
  article: ['article names', 'articles name'],
  request: ['request names', 'requests name'],
}

function sentences(
  { kind, moved, both }: { kind: SkillHolder['kind']; moved: number; both: number },
  { kept, fresh }: { kept: string; fresh: string },
): string[] {
  const counted = (count: number) => `${count.toLocaleString('en-GB')} ${words[kind][count === 1 ? 0 : 1]}`
  return [
    ...(moved === 0 ? [] : [`${counted(moved)} ${fresh} instead of ${kept}.`]),
    ...(both === 0 ? [] : [`${counted(both)} ${fresh} beside ${kept}.`]),
  ]
}
