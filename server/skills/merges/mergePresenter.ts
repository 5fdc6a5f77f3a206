import type { SignedInPerson } from '../../access/accessTokens.ts'
import { longDate } from '../../http/dates.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { namesOf } from '../similarNames.ts'
import type { Skill } from '../skillModel.ts'
import { skillVersionOf } from '../skillVersion.ts'
import type { SkillHolder } from './skillHolder.ts'
import type { SkillMerge } from './skillMergeModel.ts'
import { daysToUndo, type MergePair } from './skillMerges.ts'

const refreshSeconds = 5
const states = {
  merging: { state: 'being merged', kind: 'plain' },
  merged: { state: 'merged', kind: 'good' },
  undoing: { state: 'being undone', kind: 'plain' },
  undone: { state: 'undone', kind: 'attention' },
}

export const previewHref = (merged: string, kept: string) => `/admin/skills/merges/new?${new URLSearchParams({ merged, kept })}`

export const presentPairForm = (typed: Record<string, unknown>, errors: Problems) => ({ title: 'Merge two skills', typed, errors })

/** Everything that views/skills/curation/preview prints. */
export async function presentPreview(pair: MergePair, keeper: SignedInPerson, { skillMerges }: Services, errors: Problems) {
  const { merged, kept } = pair
  const { records, followers } = await skillMerges.extent(keeper, pair)
  return {
    title: `Merge ${merged.name} into ${kept.name}`,
    skills: [presentSkill('Becomes the other', merged), presentSkill('Stays', kept)],
    changes: [
      ...records.map(({ kind, ...counts }) => recordWords[kind](counts, pair)),
      `${quoted(namesOf(merged))}: other names of ${kept.name} from then on, by which a search finds it.`,
      followers === 0 ? `Nobody follows ${merged.name}.` : `${counted(followers, 'follower')} of ${merged.name} will follow ${kept.name}.`,
      `The address /skills/${merged.slug} will lead to ${kept.name}.`,
      `Group and description stay those of ${kept.name}.`,
    ],
    daysToUndo,
    otherWay: previewHref(kept.name, merged.name),
    typed: { merged: merged.name, kept: kept.name, opened: skillVersionOf(merged, kept) },
    errors,
  }
}

interface Counts {
  ofMerged: number
  ofBoth: number
}

const recordWords: Record<SkillHolder['kind'], (counts: Counts, pair: MergePair) => string> = {
  person: ({ ofMerged, ofBoth }, { merged, kept }) =>
    ofMerged === 0
      ? `Nobody declares ${merged.name}.`
      : `${counted(ofMerged, 'person declares', 'people declare')} ${merged.name}, and will declare ${kept.name} with the same level.${
          ofBoth === 0 ? '' : ` ${counted(ofBoth, 'of them declares', 'of them declare')} both: the higher level stays.`
        }`,
  article: naming('article', 'articles'),
  request: naming('request', 'requests'),
}

function naming(one: string, several: string) {
  return ({ ofMerged, ofBoth }: Counts, { merged, kept }: MergePair) =>
    ofMerged === 0
      ? `No ${one} that you can read names ${merged.name}.`
      : `${counted(ofMerged, one, several)} that you can read will name ${kept.name} instead of ${merged.name}.${
          ofBoth === 0 ? '' : ` ${counted(ofBoth, 'of them names', 'of them name')} both.`
        }`
}

const presentSkill = (role: string, { name, slug, group, aliases, description }: Skill) => ({
  ...{ role, name, href: `/skills/${slug}`, group, description },
  aliases: aliases.join(', '),
})

/** Those of the last 30 days, in a list. */
export async function presentMerges(merges: readonly SkillMerge[], keeper: SignedInPerson, services: Services) {
  const whoever = await namesIn(merges, keeper, services)
  return merges.map(merge => ({ ...whoever(merge), href: `/admin/skills/merges/${merge._id}`, ...states[merge.state] }))
}

/** Everything that views/skills/curation/merge prints. */
export async function presentMerge(merge: SkillMerge, keeper: SignedInPerson, services: Services, errors: Problems) {
  const { skillMerges } = services
  const whoever = await namesIn([merge], keeper, services)
  const { merged, kept, ...about } = whoever(merge)
  const left = merge.state === 'undone' ? await skillMerges.leftAlone(keeper, merge) : []
  return {
    title: `${merged} into ${kept}`,
    ...{ merged, kept, ...about, names: quoted(merge.withoutName ? merge.names.slice(1) : merge.names) },
    ...states[merge.state],
    ...(merge.unfinished ? { refreshSeconds } : {}),
    undoAction: skillMerges.canBeUndone(merge) ? `/admin/skills/merges/${merge._id}/undo` : '',
    until: longDate(skillMerges.lastDay(merge.createdAt)),
    undone: merge.undoneAt === undefined ? '' : longDate(merge.undoneAt),
    left: left.filter(({ count }) => count > 0).map(({ kind, count }) => leftWords[kind](count, kept)),
    errors,
  }
}

const leftWords: Record<SkillHolder['kind'], (count: number, kept: string) => string> = {
  person: (count, kept) =>
    `${counted(count, 'profile was', 'profiles were')} changed by people after the merge, and left as they made it: with ${kept} or without.`,
  article: (count, kept) =>
    `${counted(count, 'article was', 'articles were')} changed by people after the merge and left as they made it: without ${kept}.`,
  request: (count, kept) =>
    `${counted(count, 'request was', 'requests were')} changed by people after the merge and left as they made it: without ${kept}.`,
}

/** Who and what merges are about, as the keeper may know of them. */
async function namesIn(merges: readonly SkillMerge[], keeper: SignedInPerson, { skills, search }: Services) {
  const known = new Map((await skills.named({ ids: merges.map(({ keptId }) => keptId) }, keeper)).map(skill => [skill._id, skill]))
  const keepers = await search.namer(keeper)(
    'author',
    merges.flatMap(({ byId, undoneById }) => [byId, undoneById ?? []].flat()),
  )
  const nameOf = (id = '') => keepers.get(id)?.label ?? ''
  return ({ keptId, names: [merged = ''], createdAt, byId, undoneById }: SkillMerge) => ({
    merged,
    kept: known.get(keptId)?.name ?? 'a skill that is not kept any more',
    keptHref: `/skills/${known.get(keptId)?.slug ?? ''}`,
    on: longDate(createdAt),
    by: nameOf(byId),
    undoneBy: nameOf(undoneById),
  })
}

const quoted = (names: readonly string[]) => names.map(name => `“${name}”`).join(', ')
const counted = (count: number, one: string, several = `${one}s`) => `${count.toLocaleString('en-GB')} ${count === 1 ? one : several}`
