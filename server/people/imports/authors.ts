import type { Clock } from '../../clock.ts'
import { freeSlugs } from '../../imports/freeSlugs.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import type { Person } from '../personModel.ts'
import { normalisedName } from '../personNames.ts'
import { type Author, authorSource, NamedAuthors } from './namedAuthors.ts'

/** People as files name them: by the id of their file, or by name. */
export class Authors {
  private readonly people: Models['people']
  private readonly write: IndexedWrite<Person>

  constructor({ people }: Pick<Models, 'people'>, clock: Clock) {
    this.people = people
    this.write = new IndexedWrite(people, 'name', clock)
  }

  /** Those whom a batch of rows names: two looks for the whole batch. */
  async named(references: readonly string[]): Promise<NamedAuthors> {
    const authors = new NamedAuthors()
    const unique = [...new Set(references)]
    const sources = [...unique, ...unique.map(authorSource)]
    for (const person of await this.find({ sourceId: { $in: sources } })) authors.add(person)
    const unknown = unique.filter(reference => !authors.hasSourceId(reference))
    for (const person of await this.find({ name: { $in: unknown.flatMap(name => [name, normalisedName(name)]) } })) authors.add(person)
    return authors
  }

  /** Gives those whom nobody knew yet a profile, without an account. */
  async keepAdded({ added }: NamedAuthors): Promise<void> {
    if (added.length === 0) return
    const slugs = await freeSlugs(
      this.people,
      added.map(({ _id, name }) => ({ id: _id, title: name })),
    )
    await this.write.createMany(added.map(person => ({ ...person, slug: slugs.get(person._id) as string })))
  }

  private find(filter: object): Promise<Author[]> {
    return this.people
      .find(filter)
      .asSystem('an import finds the people whom its rows name')
      .select({ name: 1, organisationId: 1, sourceId: 1 })
      .lean<Author[]>()
  }
}
