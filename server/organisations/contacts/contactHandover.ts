import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { FeatureServices } from '../../feature.ts'
import { byOwner, type Handover, type Owner } from '../../handover.ts'
import type { Models } from '../../models.ts'
import type { Subject } from './callMatches.ts'
import { type CallOrder, type Contact, contactsIn, type NamesContacts } from './contact.ts'
import { hrefOf } from './contactPresenter.ts'
import { organisationIdOf } from './contactService.ts'
import { placeText } from './whoAnswers.ts'

const mostTries = 5

/** Where people are named to be called, and how somebody else takes their place. */
export class ContactHandovers {
  private readonly models: Pick<Models, 'organisations' | 'teams'>

  constructor(models: Pick<Models, 'organisations' | 'teams'>) {
    this.models = models
  }

  /** The organisations and teams that name one of these, as far as this administrator keeps their contacts; by name. */
  async naming(administrator: SignedInPerson, owners: readonly Owner[]): Promise<Subject[]> {
    const filter = namesOneOf(owners)
    const [organisations, teams] = await Promise.all([
      this.models.organisations.find(filter).readableBy(administrator).sort({ name: 1 }).lean(),
      this.models.teams.find(filter).readableBy(administrator).sort({ name: 1 }).lean(),
    ])
    const subjects = [
      ...organisations.map((record): Subject => ({ kind: 'organisation', record })),
      ...teams.map((record): Subject => ({ kind: 'team', record })),
    ]
    return subjects.filter(subject => may(administrator, { verb: 'keep contacts', record: { organisationId: organisationIdOf(subject) } }))
  }

  /** Raises the revision, so that somebody who has the form open does not bring the owner back. @returns whether the owner was still named */
  async give(administrator: SignedInPerson, subject: Subject, owner: Owner, personId: string): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries++) {
      const kept = await this.read(administrator, subject)
      if (kept === undefined || !contactsIn(kept.callOrder ?? []).some(contact => isOf(owner, contact))) return false
      const filter = { _id: subject.record._id, contactsRevision: kept.contactsRevision ?? { $exists: false }, ...namesOneOf([owner]) }
      const change = { $set: { callOrder: replaced(kept.callOrder ?? [], owner, personId) }, $inc: { contactsRevision: 1 } }
      const { matchedCount } =
        subject.kind === 'organisation'
          ? await this.models.organisations.updateOne(filter, change)
          : await this.models.teams.updateOne(filter, change)
      if (matchedCount > 0) return true
    }
    return false
  }

  private async read(administrator: SignedInPerson, { kind, record: { _id } }: Subject): Promise<NamesContacts | undefined> {
    const found =
      kind === 'organisation'
        ? await this.models.organisations.findOne({ _id }).readableBy(administrator).lean<NamesContacts>()
        : await this.models.teams.findOne({ _id }).readableBy(administrator).lean<NamesContacts>()
    return found ?? undefined
  }
}

export const contactHandover = ({ contactHandovers }: FeatureServices): Handover => ({
  kind: 'contacts',
  title: 'Named to be called',
  question: 'Who is called instead',
  receivers: 'anybody',
  withoutReceiver: '“Who to call” passes over them, and warns those who keep it',
  async owned(administrator, owners) {
    return byOwner(
      await contactHandovers.naming(administrator, owners),
      ({ record: { callOrder = [] } }) =>
        owners.filter(owner => contactsIn(callOrder).some(contact => isOf(owner, contact))).map(({ _id }) => _id),
      (subject, ownerId) => ({
        id: subject.record._id,
        title: `${subject.record.name}: ${placesOf(subject, owners.find(({ _id }) => _id === ownerId) as Owner)}`,
        href: hrefOf(subject),
      }),
    )
  },
  async handOver({ administrator, owner, receiver, handedOver }) {
    let given = 0
    for (const subject of await contactHandovers.naming(administrator, [owner])) {
      const { personId } = receiver
      if (personId !== undefined && (await contactHandovers.give(administrator, subject, owner, personId))) given += 1
      handedOver()
    }
    return given
  },
})

const isOf = ({ _id, sourceId }: Owner, contact: Contact | undefined): boolean =>
  contact !== undefined &&
  (contact.personId === undefined ? contact.sourceId !== undefined && contact.sourceId === sourceId : contact.personId === _id)

function namesOneOf(owners: readonly Owner[]) {
  const ids = owners.map(({ _id }) => _id)
  const sourceIds = owners.flatMap(({ sourceId }) => sourceId ?? [])
  const places = ['callOrder.contact', 'callOrder.cover']
  return { $or: places.flatMap(place => [{ [`${place}.personId`]: { $in: ids } }, { [`${place}.sourceId`]: { $in: sourceIds } }]) }
}

/** Whoever takes a contact's place does not cover for themselves. */
function replaced(order: CallOrder, owner: Owner, personId: string): CallOrder {
  const given = (contact: Contact): Contact => (isOf(owner, contact) ? { personId } : contact)
  return order.map(step => {
    const contact = given(step.contact)
    const cover = step.cover && given(step.cover)
    return cover === undefined || (cover.personId !== undefined && cover.personId === contact.personId) ? { contact } : { contact, cover }
  })
}

function placesOf({ record: { callOrder = [] } }: Subject, owner: Owner): string {
  const places = callOrder.flatMap(({ contact, cover }, position) => [
    ...(isOf(owner, contact) ? [placeText(position)] : []),
    ...(isOf(owner, cover) ? [`cover for ${placeText(position)}`] : []),
  ])
  return places.join(', ')
}
