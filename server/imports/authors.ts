import { partnershipToken } from '../access/accessTokens.ts'
import type { Models } from '../models.ts'
import type { Person } from '../people/personModel.ts'
import { nameWords, normalisedName } from '../people/personNames.ts'
import type { IndexedWrite, NewRecord } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { plainWords } from '../storage/titleWords.ts'
import { freeSlugs } from './freeSlugs.ts'
import { RowRefused } from './importer.ts'

export type Author = Pick<Person, '_id' | 'name' | 'organisationId' | 'sourceId'>

const reason = 'an import finds the people whom its rows name'

/** The people whom a batch of articles names, by the id of their file or by name: two looks for the whole batch. */
export class Authors {
  private readonly bySourceId = new Map<string, Author>()
  private readonly byName = new Map<string, Author[]>()
  private readonly missing = new Map<string, NewRecord<Person>>()

  static async named(people: Models['people'], references: readonly string[]): Promise<Authors> {
    const authors = new Authors()
    const unique = [...new Set(references)]
    const sources = [...unique, ...unique.map(authorSource)]
    for (const person of await find(people, { sourceId: { $in: sources } })) authors.add(person)
    const unknown = unique.filter(reference => authors.bySourceId.get(reference) === undefined)
    for (const person of await find(people, { name: { $in: unknown.flatMap(name => [name, normalisedName(name)]) } })) authors.add(person)
    return authors
  }

  /** @throws RowRefused when the name is that of several people, none or several of them in the row's organisation */
  find(reference: string, organisationId?: string): Author | undefined {
    const known = this.bySourceId.get(reference)
    if (known !== undefined) return known
    const named = this.byName.get(sameName(reference)) ?? []
    const own = named.filter(person => person.organisationId === organisationId)
    const meant = own.length > 0 ? own : named
    if (meant.length > 1) throw new RowRefused(`${meant.length} people have the name "${reference}": give the id of the person`)
    return meant[0]
  }

  /** Somebody whom nobody knew yet gets a profile, without an account. */
  findOrAdd(name: string, organisationId: string): Author {
    const found = this.find(name, organisationId)
    if (found !== undefined) return found
    const person = {
      ...blank,
      _id: newId(),
      slug: '',
      name: normalisedName(name),
      nameWords: nameWords(normalisedName(name)),
      organisationId,
      sourceId: authorSource(name),
    }
    this.missing.set(person._id, person)
    this.add(person)
    return person
  }

  async write(people: Models['people'], write: IndexedWrite<Person>): Promise<void> {
    const added = [...this.missing.values()]
    if (added.length === 0) return
    const slugs = await freeSlugs(
      people,
      added.map(({ _id, name }) => ({ id: _id, title: name })),
    )
    await write.createMany(added.map(person => ({ ...person, slug: slugs.get(person._id) as string })))
  }

  private add(person: Author): void {
    if (person.sourceId !== undefined) this.bySourceId.set(person.sourceId, person)
    const name = sameName(person.name)
    const others = (this.byName.get(name) ?? []).filter(({ _id }) => _id !== person._id)
    this.byName.set(name, [...others, person])
  }
}

/** "Perlis, A.J." and "A. J. Perlis" are the same name. */
const sameName = (name: string) => plainWords(normalisedName(name)).join(' ')

/** What the profile of an author is known by who is known by nothing but a name. */
const authorSource = (name: string): string => `author:${sameName(name)}`

function find(people: Models['people'], filter: object): Promise<Author[]> {
  return people.find(filter).asSystem(reason).select({ name: 1, organisationId: 1, sourceId: 1 }).lean<Author[]>()
}

const blank = {
  teamIds: [],
  role: '',
  roles: ['member' as const],
  about: '',
  skills: [],
  status: 'active' as const,
  readers: [partnershipToken],
}
