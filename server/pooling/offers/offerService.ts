import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { ArticleWriting } from '../../knowledge/articles/articleWriting.ts'
import type { Models } from '../../models.ts'
import { localDate } from '../../people/absence.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import type { OfferContent } from './offerContent.ts'
import { type Offer, type OfferKind, readersOfOffer } from './offerModel.ts'

const mostOfDay = 200

interface Collaborators {
  articleWriting: Pick<ArticleWriting, 'narrowed'>
  clock: Clock
}

/** The rules of offering something, and reading what is offered. */
export class OfferService {
  private readonly offers: Models['offers']
  private readonly write: IndexedWrite<Offer>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'offers'>, collaborators: Collaborators) {
    this.offers = models.offers
    this.with = collaborators
    this.write = new IndexedWrite(models.offers, 'title', collaborators.clock)
  }

  /** @throws NotFound: a hidden offer and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Offer> {
    const offer = await this.offers.findOne({ slug }).readableBy(reader).lean<Offer>()
    if (offer === null) throw new NotFound('There is no such offer, or it is not shared with you. Look at the other offers, or search.')
    return offer
  }

  async named(reader: Reader, ids: readonly string[]): Promise<Offer[]> {
    return this.offers
      .find({ _id: { $in: [...new Set(ids)] } })
      .readableBy(reader)
      .lean<Offer[]>()
  }

  /** Those that came up on a partnership day, the first offered first. */
  async ofDay(reader: Reader, dayId: string): Promise<Offer[]> {
    return this.offers.find({ dayId }).readableBy(reader).sort({ createdAt: 1, _id: 1 }).limit(mostOfDay).lean<Offer[]>()
  }

  /** Those that stand, the newest first. */
  async list(
    reader: Reader,
    wanted: { kind?: OfferKind },
    page: { from: number; size: number },
  ): Promise<{ offers: Offer[]; total: number }> {
    const filter = { ...this.standing(), ...(wanted.kind === undefined ? {} : { kind: wanted.kind }) }
    const [offers, total] = await Promise.all([
      this.offers.find(filter).readableBy(reader).sort({ updatedAt: -1, _id: 1 }).skip(page.from).limit(page.size).lean<Offer[]>(),
      this.offers.countDocuments(filter).readableBy(reader),
    ])
    return { offers, total }
  }

  /** @throws Forbidden when the person reads the offer but may not change it */
  async editable(person: SignedInPerson, slug: string): Promise<Offer> {
    const offer = await this.readable(person, slug)
    if (!may(person, { verb: 'write offer', record: offer }))
      throw new Forbidden('Only whoever offers it and the editors of their organisation can change this offer.')
    return offer
  }

  async create(person: SignedInPerson, { revision: _none, ...content }: OfferContent): Promise<Offer> {
    const _id = newId()
    const now = this.with.clock.now()
    const made = { ...content, organisationId: person.organisationId, state: 'open' as const }
    const complete = { _id, ...made, readers: readersOfOffer(made), revision: 1, createdAt: now, updatedAt: now }
    return withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** One that had ended stands again. @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, { revision, limit, until, ...content }: OfferContent): Promise<Offer> {
    const offer = await this.editable(person, slug)
    const readers = readersOfOffer({ ...offer, ...content })
    const given = { ...(limit === undefined ? {} : { limit }), ...(until === undefined ? {} : { until }) }
    const taken = { ...(limit === undefined ? { limit: 1 as const } : {}), ...(until === undefined ? { until: 1 as const } : {}) }
    const fields = { ...content, ...given, readers, state: 'open' as const, updatedAt: this.with.clock.now() }
    const change = { $set: fields, $unset: taken, $inc: { revision: 1 } }
    const saved = await this.write.update({ _id: offer._id, revision }, change)
    if (saved === null)
      throw new Conflict('Somebody saved this offer while you were changing it. Open it again, and change it as it is now.')
    await this.narrowFrom(offer, readers)
    return saved
  }

  /** It is not offered any more, and can be read still. Twice is once. */
  async end(person: SignedInPerson, slug: string): Promise<Offer> {
    const offer = await this.editable(person, slug)
    const change = { $set: { state: 'ended' as const, updatedAt: this.with.clock.now() }, $inc: { revision: 1 } }
    return (await this.write.update({ _id: offer._id, state: 'open' }, change)) ?? { ...offer, state: 'ended' }
  }

  /** Of somebody who leaves: what they offer themselves ends. */
  async endThoseOf(personId: string): Promise<void> {
    const found = this.offers.find({ 'owner.personId': personId, state: 'open' }).asSystem('nobody offers anything who has left')
    for (const { _id } of await found.lean<Offer[]>())
      await this.write.update({ _id, state: 'open', 'owner.personId': personId }, { $set: { state: 'ended' }, $inc: { revision: 1 } })
  }

  private standing() {
    return { state: 'open' as const, $or: [{ until: { $exists: false } }, { until: { $gte: localDate(this.with.clock.now()) } }] }
  }

  private async narrowFrom(before: Pick<Offer, '_id' | 'readers'>, readers: readonly string[]): Promise<void> {
    if (before.readers.some(token => !readers.includes(token)))
      await this.with.articleWriting.narrowed('offer', before._id).catch(() => undefined)
  }
}

export const stands = ({ state, until }: Pick<Offer, 'state' | 'until'>, now: Date): boolean =>
  state === 'open' && (until === undefined || until >= localDate(now))
