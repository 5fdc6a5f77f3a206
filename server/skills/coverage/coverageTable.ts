import { csvLine } from '../../tables/csvLine.ts'
import { demandDays } from '../skillsInDemand.ts'
import { type Cover, coverIn, type SkillCover } from './coverageMap.ts'
import { warningOf } from './coveragePresenter.ts'
import type { Coverage } from './skillCoverage.ts'

/** All of the rows that are asked for, as CSV for spreadsheets: two columns for each place. */
export function coverageTable({ rows, columns, chosen, demand }: Coverage): string {
  const places = chosen === undefined ? [{ _id: undefined, name: 'Partnership' }, ...columns] : columns
  const head = [
    'Skill',
    'Group',
    'Risk',
    `Articles of ${demandDays} days`,
    ...places.flatMap(({ name }) => [`${name}: people`, `${name}: highest level`]),
  ]
  const line = (row: SkillCover) => [
    row.skill.name,
    row.skill.group,
    warningOf(coverIn(row, chosen?._id), chosen?.name),
    demand.get(row.skill._id) ?? '',
    ...places.flatMap(({ _id }) => cellsOf(coverIn(row, _id))),
  ]
  return `\ufeff${[head, ...rows.map(line)].map(csvLine).join('')}`
}

const cellsOf = ({ people, highest }: Cover) => [people, highest ?? '']
