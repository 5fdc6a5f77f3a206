import { questionWords } from '../search/question/questionWords.ts'
import { type FoundRecord, type NameDirectory, type Namer, personType, type RecognisedName, type SearchType } from '../search/searchType.ts'
import type { GuardedModel } from '../storage/guardedReads.ts'
import type { Person } from './personModel.ts'
import { presentPersonRows } from './personPresenter.ts'
import type { PersonService } from './personService.ts'
import { presentPersonTable } from './personTable.ts'

const shortestName = 3
const mostRecognised = 20

/** What the engine sees of a profile: ids of skills, never their names. */
export const personSearchType = (model: GuardedModel<Person>): SearchType<Person> => ({
  type: personType,
  heading: 'People who know',
  plural: 'people',
  path: '/people',
  titleOf: ({ name }) => name,
  isNamed: true,
  hintOf: ({ role }) => (role === '' ? 'person' : `person, ${role}`),
  model,
  mapping: {
    text: { name: { weight: 2 }, about: { weight: 1 } },
    keywords: ['organisation', 'team', 'skill', 'level', 'skillLevel', 'skillUsed', 'skillWilling', 'willing'],
    dates: [],
  },
  toSearchDocument: person => ({
    text: { name: person.name, about: `${person.role}\n${person.about}` },
    keywords: {
      organisation: [person.organisationId],
      team: person.teamIds,
      skill: person.skills.map(({ skillId }) => skillId),
      level: [...new Set(person.skills.map(({ level }) => level))],
      skillLevel: person.skills.map(({ skillId, level }) => `${skillId}:${level}`),
      skillUsed: person.skills.flatMap(({ skillId, lastUsed }) =>
        lastUsed === undefined ? [] : [`${skillId}:${lastUsed.getUTCFullYear()}`],
      ),
      skillWilling: person.skills.filter(({ willing }) => willing.length > 0).map(({ skillId }) => skillId),
      willing: [...new Set(person.skills.flatMap(({ willing }) => willing))],
    },
    dates: {},
  }),
  facets: ['organisation', 'skill', 'willing'],
  rowsName: 'people',
  presentRows: (found: readonly FoundRecord<Person>[], named: Namer) =>
    presentPersonRows(
      found.map(({ record }) => record),
      named,
    ),
  presentTable: presentPersonTable,
})

const asNamed = ({ _id, slug, name }: Person) => ({ id: _id, slug, label: name })

/**
 * Somebody is meant when their family name stands in the question: surely with a given name or initial beside it, perhaps without. A family name
 * that is an everyday word counts only with the given name.
 */
export const authorNames = (people: PersonService): NameDirectory => ({
  field: 'author',
  title: 'Author',
  bySlugs: async (slugs, reader) => (await people.named({ slugs }, reader)).map(asNamed),
  byIds: async (ids, reader) => (await people.named({ ids }, reader)).map(asNamed),
  recognise: async (words, reader) => {
    const telling = [...new Set(words.filter(word => word.length >= shortestName && !questionWords.has(word)))]
    if (telling.length === 0) return []
    const found = (await people.named({ words: telling }, reader)).flatMap(person => meant(person, words))
    return found.toSorted((a, b) => b.certainty - a.certainty).slice(0, mostRecognised)
  },
})

function meant(person: Person, words: readonly string[]): RecognisedName[] {
  const family = person.nameWords.at(-1) ?? ''
  const given = person.nameWords.slice(0, -1)
  const places = words.flatMap((word, at) => (word === family ? [at] : []))
  if (places.length === 0 || family.length < shortestName) return []
  const beside = places.some(at =>
    [words[at - 1], words[at + 1]].some(word => word !== undefined && word.length > 1 && given.includes(word)),
  )
  const initials = places.some(
    at =>
      words[at - 1] !== undefined &&
      given.some(name => name[0] === words[at - 1] || name === words[at - 1]?.[0]) &&
      (words[at - 1]?.length ?? 0) === 1,
  )
  return [{ ...asNamed(person), certainty: beside || initials ? 1 : 0.5 }]
}
