import { pagination } from '../../http/pages.ts'
import type { Organisation } from '../../organisations/organisationModel.ts'
import { addressOf } from '../../search/question/questionAddress.ts'
import { levels } from '../levels.ts'
import { demandDays } from '../skillsInDemand.ts'
import { type Cover, coverIn, isSinglePoint, type SkillCover } from './coverageMap.ts'
import { coverageQuery, type Shows, shows } from './coverageQuestion.ts'
import type { Coverage } from './skillCoverage.ts'

const pageSize = 30
const path = '/skills/coverage'

const showTexts: Record<Shows, string> = {
  single: 'Single points of failure',
  nobody: 'Skills that nobody has',
  demand: 'In demand, with one person or nobody',
  away: 'With people away for long',
}

/** Everything that views/skills/coverage prints. */
export function presentCoverage(coverage: Coverage) {
  const { question, rows, columns, chosen, counts, skills } = coverage
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const page = Math.min(question.page, pages)
  const first = (page - 1) * pageSize
  return {
    title: chosen === undefined ? 'Coverage map' : `Coverage map: ${chosen.name}`,
    place: chosen === undefined ? 'the partnership' : chosen.name,
    demandDays,
    skills,
    tallies: shows.map(show => ({
      text: showTexts[show],
      count: counts[show],
      href: `${path}${coverageQuery(question, { show })}`,
      isShown: question.show === show,
    })),
    filters: presentFilters(coverage),
    csvHref: `${path}.csv${coverageQuery(question)}`,
    range: rows.length > pageSize ? `${first + 1} to ${Math.min(first + pageSize, rows.length)} of ${rows.length}` : String(rows.length),
    levels: levels.map(level => ({ level, sign: signOf(level) })),
    columns: columns.map(({ name }) => name),
    hasTotals: chosen === undefined,
    rows: rows.slice(first, first + pageSize).map(row => presentRow(row, coverage)),
    pagination: pagination(page, pages, number => `${path}${coverageQuery(question, { page: number })}`),
  }
}

function presentFilters({ question, groups, organisations }: Coverage) {
  const choices = (asked: string | undefined, all: string, offered: readonly { value: string; text: string }[]) =>
    [{ value: '', text: all }, ...offered].map(choice => ({ ...choice, selected: choice.value === (asked ?? '') }))
  return {
    isNarrowed: coverageQuery(question) !== '',
    groups: choices(
      question.group,
      'All groups',
      groups.map(group => ({ value: group, text: group })),
    ),
    organisations: choices(
      question.organisation,
      'All organisations',
      organisations.map(({ slug, name }) => ({ value: slug, text: name })),
    ),
    levels: choices(
      question.atLeast,
      'Any level',
      levels.slice(1).map(level => ({ value: level, text: level === 'expert' ? 'Expert only' : `${capital(level)} or higher` })),
    ),
    shows: choices(
      question.show,
      'All skills',
      shows.map(show => ({ value: show, text: showTexts[show] })),
    ),
  }
}

function presentRow(row: SkillCover, { columns, chosen, demand, question }: Coverage) {
  const { skill } = row
  const cover = coverIn(row, chosen?._id)
  const articles = demand.get(skill._id)
  const cellOf = (place: Organisation) => {
    const found = addressOf({ q: '', type: 'person', filters: { skill: [skill.slug], organisation: [place.slug] }, page: 1 })
    return { place: place.name, ...presentCover(coverIn(row, place._id)), ...(question.atLeast === undefined ? { href: found } : {}) }
  }
  return {
    name: skill.name,
    href: `/skills/${skill.slug}`,
    group: skill.group,
    warning: warningOf(cover, chosen?.name),
    demand: articles === undefined ? '' : `in demand: ${articles.toLocaleString('en-GB')} articles`,
    total: presentCover(row.inAll),
    cells: columns.map(cellOf),
  }
}

/** The sign stands beside the number, so that the ground's colour is never alone in saying the level. */
const presentCover = (cover: Cover) => ({
  people: cover.people,
  level: cover.highest,
  sign: cover.highest === undefined ? '' : signOf(cover.highest),
  isSingle: isSinglePoint(cover),
  words: wordsOf(cover),
})

function wordsOf({ people, away, highest }: Cover): string {
  if (highest === undefined) return 'nobody'
  const count = people === 1 ? 'person' : 'people'
  return [`${count}, highest level ${highest}`, ...(away > 0 ? [`${away} away for long`] : [])].join(', ')
}

/** What is thin about it, in words. */
export function warningOf(cover: Cover, place = 'the partnership'): string {
  const { people, away } = cover
  if (people === 0) return `nobody in ${place}`
  if (away === people) return people === 1 ? 'one person only, away for long' : `all ${people} are away for long`
  if (people === 1) return 'one person only'
  if (isSinglePoint(cover)) return `one person only while ${away} ${away === 1 ? 'is' : 'are'} away for long`
  return away > 0 ? `${away} of ${people} away for long` : ''
}

const signOf = (level: string) => level.charAt(0).toUpperCase()
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
