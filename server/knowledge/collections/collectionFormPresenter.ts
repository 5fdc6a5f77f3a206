import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { placeField } from './collectionForms.ts'
import type { Collection } from './collectionModel.ts'

type Typed = Record<string, unknown>

/** As it starts. @param article  the slug of one that is to be in it */
export const newCollection = (article?: string): Typed => ({
  ...{ visibility: 'partnership', owner: 'me', revision: 0 },
  ...(article === undefined ? {} : { added: `/knowledge/${article}` }),
})

/** A kept collection as it would have been typed. */
export async function typedCollection(
  collection: Collection,
  person: SignedInPerson,
  { search, collectedArticles }: Services,
): Promise<Typed> {
  const named = search.namer(person)
  const [organisations, teams, articles] = await Promise.all([
    named('organisation', collection.chosenOrganisationIds),
    named('team', collection.owner.teamId === undefined ? [] : [collection.owner.teamId]),
    collectedArticles.named(person, collection.articleIds),
  ])
  const { title, summary, visibility, revision } = collection
  const owner = teams.get(collection.owner.teamId ?? '')?.slug ?? (collection.owner.personId === person.id ? 'me' : 'kept')
  const chosenOrganisations = [...organisations.values()].map(({ slug }) => slug)
  const places = articles.map(({ slug }, place) => [placeField(slug), String(place + 1)])
  return { title, summary, visibility, revision, owner, chosenOrganisations, ...Object.fromEntries(places) }
}

const audiences: Record<Visibility, string> = {
  partnership: 'Everybody in the partnership',
  organisation: 'Your organisation',
  chosen: 'Your organisation and those chosen below',
  team: 'The team that owns it',
}

/** Everything that views/knowledge/collections/form prints, with what was typed still there. */
export async function presentCollectionForm(
  { typed, errors = {}, collection }: { typed: Typed; errors?: Problems; collection?: Collection },
  person: SignedInPerson,
  services: Services,
) {
  const organisations = (await services.organisations.list(person)).filter(({ _id }) => _id !== person.organisationId)
  const articles = await services.collectedArticles.named(person, collection?.articleIds ?? [])
  const chosen = [typed.chosenOrganisations].flat()
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const href = collection === undefined ? '/knowledge/collections' : `/knowledge/collections/${collection.slug}`
  return {
    title: collection === undefined ? 'Make a collection' : `Edit “${collection.title}”`,
    errors,
    action: href,
    cancelHref: href,
    revision: String(typed.revision ?? collection?.revision ?? 0),
    typed: { title: text('title'), summary: text('summary'), added: text('added') },
    places: articles.map(({ slug, title }) => ({
      name: placeField(slug),
      title,
      value: text(placeField(slug)),
      error: errors[placeField(slug)],
    })),
    owners: (await ownersOffered(collection, person, services)).map(item => ({ ...item, selected: item.value === typed.owner })),
    visibilities: Object.entries(audiences)
      .filter(([id]) => id !== 'chosen' || organisations.length > 0)
      .map(([value, of]) => ({ value, text: of, checked: typed.visibility === value })),
    organisations: organisations.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}

async function ownersOffered(collection: Collection | undefined, person: SignedInPerson, { search, bylines }: Services) {
  const owner = collection?.owner
  const teams = await search.namer(person)('team', [...person.teamIds, ...(owner?.teamId === undefined ? [] : [owner.teamId])])
  const isOther = owner?.personId !== undefined && owner.personId !== person.id
  const kept = isOther ? (await bylines.of([owner.personId as string], person)).get(owner.personId as string) : undefined
  return [
    ...(isOther ? [{ value: 'kept', text: kept === undefined || kept.hasLeft ? 'Nobody at present' : kept.name }] : []),
    { value: 'me', text: 'You' },
    ...[...teams.values()].map(({ slug, label }) => ({ value: slug, text: label })),
  ]
}
