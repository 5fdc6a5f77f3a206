import type { Reader } from '../access/accessTokens.ts'
import type { Models } from '../models.ts'
import type { Person } from './personModel.ts'

export interface Byline {
  name: string
  /** Of the profile; absent when the reader may not see it. */
  href?: string
  hasLeft: boolean
}

/** The names that stand under what people wrote. Such a name is part of what was written: it stays when its person has left, and leads nowhere then. */
export class Bylines {
  private readonly people: Models['people']

  constructor(models: Pick<Models, 'people'>) {
    this.people = models.people
  }

  /** @param ids  of the people named on a record that the reader may read */
  async of(ids: readonly string[], reader: Reader): Promise<ReadonlyMap<string, Byline>> {
    const found = await this.people
      .find({ _id: { $in: [...new Set(ids)] } })
      .asSystem('the name of whoever wrote something is part of it')
      .select({ name: 1, slug: 1, readers: 1, status: 1 })
      .lean<Pick<Person, '_id' | 'name' | 'slug' | 'readers' | 'status'>[]>()
    return new Map(
      found
        .filter(({ name }) => name !== undefined)
        .map(({ _id, name, slug, readers, status }) => [
          _id,
          {
            name,
            ...(readers.some(token => reader.tokens.includes(token)) ? { href: `/people/${slug}` } : {}),
            hasLeft: status === 'left',
          },
        ]),
    )
  }
}
