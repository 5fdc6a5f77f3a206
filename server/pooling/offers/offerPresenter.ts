import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import { markdownToHtml } from '../../documents/markdown.ts'
import { longDate } from '../../http/dates.ts'
import { pagination } from '../../http/pages.ts'
import { audienceText } from '../../knowledge/articles/audience.ts'
import { presentFollowButton } from '../../notifications/followingPresenter.ts'
import { presentCallable } from '../../organisations/contacts/contactPresenter.ts'
import { dayText } from '../../people/absence.ts'
import type { Services } from '../../services.ts'
import { presentRaisedOn } from '../raisedOn.ts'
import { type Offer, type OfferKind, offerKinds } from './offerModel.ts'
import { kindNames, presentOfferRows } from './offerSearchDocument.ts'
import { stands } from './offerService.ts'

export const kindAsked = (asked: unknown): OfferKind | undefined => offerKinds.find(kind => kind === asked)

interface Listed {
  offers: Offer[]
  total: number
  kind?: OfferKind
  page: number
  pageSize: number
}

/** Everything that views/pooling/offers/list prints. */
export async function presentOfferList({ offers, total, kind, page, pageSize }: Listed, person: SignedInPerson, services: Services) {
  const found = offers.map(record => ({ record, highlights: {} }))
  const address = (number: number, of = kind) => {
    const query = [...(of === undefined ? [] : [`kind=${of}`]), ...(number > 1 ? [`page=${number}`] : [])]
    return `/offers${query.length > 0 ? `?${query.join('&')}` : ''}`
  }
  return {
    title: 'Offers',
    kinds: [
      { text: 'All', href: '/offers', current: kind === undefined },
      ...offerKinds.map(of => ({ text: kindNames[of], href: address(1, of), current: kind === of })),
    ],
    rows: await presentOfferRows(found, services.search.namer(person), services.clock),
    pagination: pagination(page, Math.ceil(total / pageSize), address),
  }
}

/** Everything that views/pooling/offers/offer prints. */
export async function presentOffer(offer: Offer, person: SignedInPerson, services: Services) {
  const { owner, organisationId, chosenOrganisationIds } = offer
  const named = services.search.namer(person)
  const [organisations, teams, skills, owners, days, follow] = await Promise.all([
    named('organisation', [organisationId, ...chosenOrganisationIds]),
    named('team', owner.teamId === undefined ? [] : [owner.teamId]),
    services.skills.named({ ids: offer.skillIds }, person),
    services.people.named({ ids: owner.personId === undefined ? [] : [owner.personId] }, person),
    presentRaisedOn(offer, services, person),
    presentFollowButton(services.following, person, 'offer', { ...offer, name: offer.title }),
  ])
  const team = teams.get(owner.teamId ?? '')
  const isOpen = stands(offer, services.clock.now())
  const mayChange = may(person, { verb: 'write offer', record: offer })
  const href = `/offers/${offer.slug}`
  return {
    title: offer.title,
    kind: kindNames[offer.kind],
    isOpen,
    html: markdownToHtml(offer.text),
    facts: [
      ...(offer.limit === undefined ? [] : [{ term: 'How much', text: offer.limit }]),
      ...(offer.until === undefined ? [] : [{ term: 'Until', text: dayText(offer.until) }]),
      { term: 'Organisation', text: organisations.get(organisationId)?.label ?? 'An organisation that is not here any more' },
      { term: 'Who may read it', text: audienceText(offer, organisations) },
      ...days.map(day => ({ term: 'Came up on', ...day })),
      { term: 'Updated', text: longDate(offer.updatedAt) },
    ],
    skills: skills.map(({ name, slug }) => ({ text: name, href: `/skills/${slug}` })),
    ...(team === undefined ? {} : { team: { text: team.label, href: `/teams/${team.slug}` } }),
    contact: owners[0] === undefined ? undefined : presentCallable(owners[0]),
    follow,
    askHref: `/requests/new?text=${encodeURIComponent(`About the offer “${offer.title}”`)}`,
    ...(mayChange ? { editHref: `${href}/edit` } : {}),
    ...(mayChange && isOpen ? { endAction: `${href}/end` } : {}),
  }
}
