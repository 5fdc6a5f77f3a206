import type { Followable } from '../notifications/followable.ts'
import type { Person } from './personModel.ts'
import type { PersonService } from './personService.ts'

const asSubject = ({ _id: id, slug, name }: Person) => ({ id, slug, name, href: `/people/${slug}` })

/** Whoever left or is suspended drops out by what their readers are. */
export const followedPeople = (people: PersonService): Followable => ({
  kind: 'person',
  heading: 'People',
  bySlug: async (reader, slug) => asSubject(await people.bySlug(reader, slug)),
  byIds: async (reader, ids) => new Map((await people.named({ ids }, reader)).map(found => [found._id, asSubject(found)])),
})
