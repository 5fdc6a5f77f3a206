import type { Reader } from '../../access/accessTokens.ts'
import type { Models } from '../../models.ts'
import type { CallOrder, Contact, NamesContacts } from './contact.ts'
import { placeText } from './whoAnswers.ts'

interface Somebody {
  _id: string
  sourceId?: string
}

/** Where somebody is named to be called. */
export interface ContactPlace {
  name: string
  href: string
  /** "the first point of contact", "cover for the first step of escalation" */
  place: string
}

type Naming = NamesContacts & { name: string; slug: string }

/** Organisations and teams that name a person, as far as the reader may know of them. */
export class ContactPlaces {
  private readonly models: Pick<Models, 'organisations' | 'teams'>

  constructor(models: Pick<Models, 'organisations' | 'teams'>) {
    this.models = models
  }

  async of(person: Somebody, reader: Reader): Promise<ContactPlace[]> {
    const names = { $or: ways(person).flatMap(way => ['contact', 'cover'].map(part => ({ [`callOrder.${part}.${way.field}`]: way.id }))) }
    const [organisations, teams] = await Promise.all([
      this.models.organisations
        .find({ ...names, status: { $ne: 'left' } })
        .readableBy(reader)
        .sort({ name: 1 })
        .lean<Naming[]>(),
      this.models.teams.find(names).readableBy(reader).sort({ name: 1 }).lean<Naming[]>(),
    ])
    const placesIn = (kind: string, found: readonly Naming[]) =>
      found.map(({ name, slug, callOrder = [] }) => ({ name, href: `/${kind}/${slug}`, place: placesOf(callOrder, person).join(', ') }))
    return [...placesIn('organisations', organisations), ...placesIn('teams', teams)]
  }
}

const ways = ({ _id, sourceId }: Somebody) => [
  { field: 'personId', id: _id },
  ...(sourceId === undefined ? [] : [{ field: 'sourceId', id: sourceId }]),
]

function placesOf(order: CallOrder, person: Somebody): string[] {
  const isMeant = (contact: Contact | undefined) =>
    contact !== undefined && ways(person).some(({ field, id }) => contact[field as 'personId' | 'sourceId'] === id)
  return order.flatMap(({ contact, cover }, position) => [
    ...(isMeant(contact) ? [placeText(position)] : []),
    ...(isMeant(cover) ? [`cover for ${placeText(position)}`] : []),
  ])
}
