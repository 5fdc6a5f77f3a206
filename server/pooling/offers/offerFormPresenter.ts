import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Visibility } from '../../access/readers.ts'
import type { Problems } from '../../http/validated.ts'
import type { Services } from '../../services.ts'
import { dayOfForm } from '../raisedOn.ts'
import { type Offer, offerKinds } from './offerModel.ts'
import { kindNames } from './offerSearchDocument.ts'

type Typed = Record<string, unknown>

/** As it starts. */
export const newOffer: Typed = { visibility: 'partnership', owner: 'me', revision: 0 }

/** A kept offer as it would have been typed. */
export async function typedOffer(offer: Offer, person: SignedInPerson, { search, skills }: Services): Promise<Typed> {
  const named = search.namer(person)
  const [organisations, teams, known] = await Promise.all([
    named('organisation', offer.chosenOrganisationIds),
    named('team', offer.owner.teamId === undefined ? [] : [offer.owner.teamId]),
    skills.named({ ids: offer.skillIds }, person),
  ])
  const { title, kind, text, visibility, limit, until, revision } = offer
  const owner = teams.get(offer.owner.teamId ?? '')?.slug ?? (offer.owner.personId === person.id ? 'me' : 'kept')
  const chosenOrganisations = [...organisations.values()].map(({ slug }) => slug)
  return {
    title,
    kind,
    text,
    visibility,
    limit,
    until,
    revision,
    owner,
    chosenOrganisations,
    skills: known.map(({ name }) => name).join(', '),
  }
}

const audiences: Record<Visibility, string> = {
  partnership: 'Everybody in the partnership',
  organisation: 'Your organisation',
  chosen: 'Your organisation and those chosen below',
  team: 'The team that offers it',
}

/** Everything that views/pooling/offers/form prints, with what was typed still there. */
export async function presentOfferForm(
  { typed, errors = {}, offer }: { typed: Typed; errors?: Problems; offer?: Offer },
  person: SignedInPerson,
  services: Services,
) {
  const organisations = (await services.organisations.list(person)).filter(({ _id }) => _id !== person.organisationId)
  const chosen = [typed.chosenOrganisations].flat()
  const text = (field: string) => (typeof typed[field] === 'string' ? typed[field] : '')
  const href = offer === undefined ? '/offers' : `/offers/${offer.slug}`
  return {
    title: offer === undefined ? 'Offer something' : `Edit “${offer.title}”`,
    errors,
    action: href,
    cancelHref: href,
    ...(await dayOfForm(typed.day, services, person)),
    revision: String(typed.revision ?? offer?.revision ?? 0),
    typed: Object.fromEntries(['title', 'text', 'skills', 'limit', 'until'].map(field => [field, text(field)])),
    kinds: offerKinds.map(value => ({ value, text: kindNames[value], checked: typed.kind === value })),
    owners: (await ownersOffered(offer, person, services)).map(item => ({ ...item, selected: item.value === typed.owner })),
    visibilities: Object.entries(audiences)
      .filter(([id]) => id !== 'chosen' || organisations.length > 0)
      .map(([value, of]) => ({ value, text: of, checked: typed.visibility === value })),
    organisations: organisations.map(({ slug, name }) => ({ value: slug, text: name, checked: chosen.includes(slug) })),
  }
}

async function ownersOffered(offer: Offer | undefined, person: SignedInPerson, { search, bylines }: Services) {
  const owner = offer?.owner
  const teams = await search.namer(person)('team', [...person.teamIds, ...(owner?.teamId === undefined ? [] : [owner.teamId])])
  const isOther = owner?.personId !== undefined && owner.personId !== person.id
  const kept = isOther ? (await bylines.of([owner.personId as string], person)).get(owner.personId as string) : undefined
  return [
    ...(isOther ? [{ value: 'kept', text: kept === undefined || kept.hasLeft ? 'Nobody at present' : kept.name }] : []),
    { value: 'me', text: 'You' },
    ...[...teams.values()].map(({ slug, label }) => ({ value: slug, text: label })),
  ]
}
