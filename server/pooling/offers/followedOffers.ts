import type { Followable } from '../../notifications/followable.ts'
import type { Offer } from './offerModel.ts'
import type { OfferService } from './offerService.ts'

const asSubject = ({ _id: id, slug, title }: Offer) => ({ id, slug, name: title, href: `/offers/${slug}` })

export const followedOffers = (offers: OfferService): Followable => ({
  kind: 'offer',
  heading: 'Offers',
  bySlug: async (reader, slug) => asSubject(await offers.readable(reader, slug)),
  byIds: async (reader, ids) => new Map((await offers.named(reader, ids)).map(offer => [offer._id, asSubject(offer)])),
})
