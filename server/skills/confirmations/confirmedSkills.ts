import type { FeatureServices } from '../../feature.ts'
import type { Person } from '../../people/personModel.ts'
import type { ConfirmedSkill, ConfirmedSkills } from '../../search/confirmedSkills.ts'
import type { Reason } from '../../search/reasons.ts'
import type { NamedRecord } from '../../search/searchType.ts'
import type { Level } from '../levels.ts'
import type { Confirmation } from './confirmationModel.ts'
import { confirmationsHref, namesOf } from './confirmationPresenter.ts'
import { confirmedBy, grouped } from './confirmed.ts'

/** Whoever confirms stands beside a result by name, the others as a number. */
const mostNamed = 1

type Needed = Pick<FeatureServices, 'people' | 'skills'> & { models: Pick<FeatureServices['models'], 'confirmations'> }

/** What colleagues confirm, for the ranking: what was withdrawn, hidden or contested counts for nothing, nor do colleagues whom the reader may not see. */
export const confirmedSkills =
  ({ models, people, skills }: Needed): ConfirmedSkills =>
  async (asked, reader) => {
    const ids = asked.skills.map(({ id }) => id)
    const standingFor = await skills.standingFor(ids, reader)
    const records = await models.confirmations.find({ skillId: { $in: [...standingFor.keys()] } }).lean<Confirmation[]>()
    if (records.length === 0) return []
    const concerned = [...new Set(records.flatMap(({ personId, byId }) => [personId, byId]))]
    const known = new Map((await people.named({ ids: concerned }, reader)).map(person => [person._id, person]))
    const ofSkills = grouped(records, ({ personId, skillId }) => `${personId} ${standingFor.get(skillId)}`)
    return [...ofSkills.values()].flatMap(ofOne => {
      const [{ personId = '', skillId = '' } = {}] = ofOne
      const skill = asked.skills.find(({ id }) => id === standingFor.get(skillId))
      const person = known.get(personId)
      return skill !== undefined && person !== undefined && declares(person, skill, asked.levels)
        ? countedOf(person, skill, ofOne, known)
        : []
    })
  }

const declares = ({ skills }: Person, { id }: NamedRecord, levels: readonly Level[]): boolean =>
  skills.some(({ skillId, level }) => skillId === id && levels.includes(level))

function countedOf(
  person: Person,
  skill: NamedRecord,
  records: readonly Confirmation[],
  known: ReadonlyMap<string, Person>,
): ConfirmedSkill[] {
  const counting = confirmedBy(records)
    .filter(({ answer }) => answer === undefined)
    .sort((a, b) => +b.confirmedAt - +a.confirmedAt)
  const names = counting.flatMap(({ byId }) => known.get(byId)?.name ?? [])
  if (names.length === 0) return []
  const link = { href: confirmationsHref({ person: person.slug, skill: skill.slug }), text: namesOf(names, mostNamed) }
  const reason: Reason = { shape: 'confirmed', before: 'confirmed by', link }
  return [{ personId: person._id, skillId: skill.id, count: names.length, reason }]
}
