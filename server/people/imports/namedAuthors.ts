import { RowRefused } from '../../imports/importer.ts'
import type { NewRecord } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { plainWords } from '../../storage/titleWords.ts'
import { blankProfile } from '../blankProfile.ts'
import type { Person } from '../personModel.ts'
import { nameWords, normalisedName } from '../personNames.ts'

export type Author = Pick<Person, '_id' | 'name' | 'organisationId' | 'sourceId'>

/** The people whom a batch of rows names, those among them that nobody knew yet, and what they are found by. */
export class NamedAuthors {
  /** Without a slug: who keeps them gives it. */
  readonly added: NewRecord<Person>[] = []
  private readonly bySourceId = new Map<string, Author>()
  private readonly byName = new Map<string, Author[]>()

  add(person: Author): void {
    if (person.sourceId !== undefined) this.bySourceId.set(person.sourceId, person)
    const name = sameName(person.name)
    const others = (this.byName.get(name) ?? []).filter(({ _id }) => _id !== person._id)
    this.byName.set(name, [...others, person])
  }

  /** Of all who may be meant. */
  ids(reference: string): string[] {
    const known = this.bySourceId.get(reference)
    return (known === undefined ? (this.byName.get(sameName(reference)) ?? []) : [known]).map(({ _id }) => _id)
  }

  hasSourceId(id: string): boolean {
    return this.bySourceId.has(id)
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

  findOrAdd(name: string, organisationId: string): Author {
    const found = this.find(name, organisationId)
    if (found !== undefined) return found
    const person = {
      ...blankProfile,
      _id: newId(),
      slug: '',
      name: normalisedName(name),
      nameWords: nameWords(normalisedName(name)),
      organisationId,
      sourceId: authorSource(name),
    }
    this.added.push(person)
    this.add(person)
    return person
  }
}

/** "Perlis, A.J." and "A. J. Perlis" are the same name. */
const sameName = (name: string) => plainWords(normalisedName(name)).join(' ')

/** What the profile of an author is known by who is known by nothing but a name. */
export const authorSource = (name: string): string => `author:${sameName(name)}`
