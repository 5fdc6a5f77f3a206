import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Organisation } from '../../organisations/organisationModel.ts'
import { isAwayForLong, localDate } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { demandFor } from '../skillsInDemand.ts'
import { coverageMap, coverIn, isSinglePoint, type SkillCover } from './coverageMap.ts'
import { type CoverageQuestion, type Shows, shows } from './coverageQuestion.ts'

export interface Coverage {
  question: CoverageQuestion
  groups: string[]
  /** All that can be chosen. */
  organisations: Organisation[]
  /** The chosen one, or all that have people or could have. */
  columns: Organisation[]
  chosen?: Organisation
  rows: SkillCover[]
  /** How many skills of the group there are of each kind. */
  counts: Record<Shows, number>
  skills: number
  /** By the ids of skills in demand, how many articles name them. */
  demand: ReadonlyMap<string, number>
}

/** Which skills the partnership has where, of what the reader may see: one question for each kind of record, whatever their number. */
export async function skillCoverage(reader: SignedInPerson, asked: CoverageQuestion, services: Services): Promise<Coverage> {
  const [skills, declaring, organisations] = await Promise.all([
    services.skills.list(reader),
    services.people.declaring(reader),
    services.organisations.list(reader),
  ])
  const groups = [...new Set(skills.map(({ group }) => group))]
  const chosen = organisations.find(({ slug }) => slug === asked.organisation)
  const question = { ...asked, group: groups.includes(asked.group) ? asked.group : '', organisation: chosen?.slug ?? '' }
  const today = localDate(services.clock.now())
  const people = declaring.map(person => ({ ...person, isAway: isAwayForLong(person.absence, today) }))
  const ofGroup = question.group === '' ? skills : skills.filter(({ group }) => group === question.group)
  const all = coverageMap(ofGroup, people, question.atLeast)
  const demand = await demandFor(
    reader,
    ofGroup.map(({ _id }) => _id),
    services,
  )
  const isShown = (kind: Shows | undefined) => (row: SkillCover) => kind === undefined || is[kind](row, chosen?._id, demand)
  const peopled = new Set(people.map(({ organisationId }) => organisationId))
  const present = organisations.filter(({ _id, status }) => status === 'active' || peopled.has(_id))
  return {
    question,
    groups,
    organisations: present,
    columns: chosen === undefined ? present : [chosen],
    ...(chosen === undefined ? {} : { chosen }),
    rows: all.filter(isShown(question.show)),
    counts: Object.fromEntries(shows.map(kind => [kind, all.filter(isShown(kind)).length])) as Record<Shows, number>,
    skills: all.length,
    demand,
  }
}

const is: Record<Shows, (row: SkillCover, organisationId: string | undefined, demand: ReadonlyMap<string, number>) => boolean> = {
  single: (row, organisationId) => isSinglePoint(coverIn(row, organisationId)),
  nobody: (row, organisationId) => coverIn(row, organisationId).people === 0,
  demand: (row, organisationId, demand) => demand.has(row.skill._id) && isThin(row, organisationId),
  away: (row, organisationId) => coverIn(row, organisationId).away > 0,
}

function isThin(row: SkillCover, organisationId: string | undefined): boolean {
  const cover = coverIn(row, organisationId)
  return cover.people === 0 || isSinglePoint(cover)
}
