import { organisationToken, partnershipToken, personToken, type SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { markdownToText } from '../../documents/markdown.ts'
import { dayText, isAway, localDate } from '../../people/absence.ts'
import type { Person } from '../../people/personModel.ts'
import type { Question } from '../../search/question/understanding.ts'
import { type Reason, reasonsFor } from '../../search/reasons.ts'
import type { SearchService } from '../../search/searchService.ts'
import { type NamedRecord, personType } from '../../search/searchType.ts'
import { levels } from '../../skills/levels.ts'
import { plainWords } from '../../storage/titleWords.ts'
import type { HelpRequest } from '../requests/requestModel.ts'
import type { OpenMatters } from './openMatters.ts'

/** The best are looked through in this number: some of them are away, busy or asked already. */
const lookedThrough = 60
const mostWords = 60
/** How many open requests somebody takes at once who has not said so. */
export const usualLimit = 3

export const limitOf = ({ requestLimit }: Pick<Person, 'requestLimit'>): number => requestLimit ?? usualLimit

export interface Match {
  person: Person
  reasons: Reason[]
}

interface Collaborators {
  search: SearchService
  openMatters: OpenMatters
  clock: Clock
}

/** Who can best help with a request: ranked as a search for its skills or its words, without those who cannot be asked now. */
export class Matching {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** As far as this reader may see them. None while the search engine does not answer. */
  async bestFor(request: HelpRequest, reader: SignedInPerson, most: number): Promise<Match[]> {
    const { search } = this.with
    const skills = await search.namer(reader)(
      'skill',
      request.skills.map(({ skillId }) => skillId),
    )
    const best = await search.best(reader, questionFor(request, [...skills.values()]), lookedThrough)
    if (best?.group === undefined) return []
    const refused = await this.refusals(
      request,
      best.group.found.map(({ record }) => record as unknown as Person),
    )
    const group = { ...best.group, found: best.group.found.filter(({ record }) => !refused.has(record._id)).slice(0, most) }
    const reasons = reasonsFor(group, best.understanding) ?? []
    return group.found.map(({ record }, position) => ({ person: record as unknown as Person, reasons: reasons[position] ?? [] }))
  }

  /** By id, why somebody cannot be invited now. */
  async refusals(request: HelpRequest, people: readonly Person[]): Promise<Map<string, string>> {
    const busy = await this.with.openMatters.counts(people.map(({ _id }) => _id))
    const today = localDate(this.with.clock.now())
    return new Map(
      people.flatMap(person => {
        const why = whyNot(request, person, { open: busy.get(person._id) ?? 0, today })
        return why === undefined ? [] : [[person._id, why] as const]
      }),
    )
  }
}

function whyNot(request: HelpRequest, person: Person, { open, today }: { open: number; today: string }): string | undefined {
  const { _id, name, absence } = person
  if (_id === request.askerId) return 'Nobody is invited to a request of their own'
  if (request.invitations.some(({ personId }) => personId === _id)) return `${name} was invited already`
  if (!canRead(request, person)) return `The request is not shared with ${name}`
  if (isAway(absence, today)) return `${name} is away until ${dayText(absence?.until ?? today)}`
  if (limitOf(person) === 0) return `${name} does not wish to be asked`
  if (open >= limitOf(person)) return `${name} has as many open requests as they take at once`
  return undefined
}

export const canRead = ({ readers }: Pick<HelpRequest, 'readers'>, { _id, organisationId, status }: Person): boolean =>
  status === 'active' && [partnershipToken, organisationToken(organisationId), personToken(_id)].some(token => readers.includes(token))

/** By its skills, at the least level that one of them needs; by its words where it names none. */
export function questionFor({ title, text, skills }: HelpRequest, named: readonly NamedRecord[]): Question & { type: string } {
  const names = named.map(({ label }) => `"${label.replaceAll('"', ' ')}"`)
  const least = levels.find(level => skills.some(skill => skill.level === level))
  const isLevelled = least !== undefined && skills.every(({ level }) => level !== undefined)
  const words = plainWords(`${title} ${markdownToText(text)}`).slice(0, mostWords)
  const q = names.length === 0 ? words.join(' ') : [names.join(' OR '), ...(isLevelled ? [`level>=${least}`] : [])].join(' ')
  return { q, type: personType, filters: {}, page: 1 }
}
