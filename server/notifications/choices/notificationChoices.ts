import type { Models } from '../../models.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import type { Delivery, NotificationKind } from '../notificationKind.ts'
import type { ChosenDeliveries } from './notificationChoiceModel.ts'

type Kind = Pick<NotificationKind, 'id' | 'usually'>

/** How people want to be told of each kind. */
export class NotificationChoices {
  private readonly chosen: Models['notificationChoices']

  constructor(models: Pick<Models, 'notificationChoices'>) {
    this.chosen = models.notificationChoices
  }

  /** Of one kind, by person, who chose or not. */
  async deliveries({ id, usually }: Kind, personIds: readonly string[]): Promise<Map<string, Delivery>> {
    const chosen = await this.chosen.find({ _id: { $in: [...personIds] } }).lean<ChosenDeliveries[]>()
    const byPerson = new Map(chosen.map(({ _id, deliveries }) => [_id, deliveries[id]]))
    return new Map(personIds.map(personId => [personId, byPerson.get(personId) ?? usually]))
  }

  /** Of one person, by kind. */
  async of(personId: string, kinds: readonly Kind[]): Promise<Map<string, Delivery>> {
    const chosen = await this.chosen.findById(personId).lean<ChosenDeliveries>()
    return new Map(kinds.map(({ id, usually }) => [id, chosen?.deliveries[id] ?? usually]))
  }

  /** What is not named stays as it is. */
  async choose(personId: string, deliveries: ReadonlyMap<string, Delivery>): Promise<void> {
    if (deliveries.size === 0) return
    const change = Object.fromEntries([...deliveries].map(([kind, delivery]) => [`deliveries.${kind}`, delivery]))
    const keep = () => this.chosen.updateOne({ _id: personId }, { $set: change }, { upsert: true })
    await keep().catch(error => (isTaken(error) ? keep() : Promise.reject(error)))
  }

  /** No mails any more of these kinds, or of those of them that come so. */
  async silence(personId: string, kinds: readonly Kind[], which?: Delivery): Promise<void> {
    const chosen = await this.of(personId, kinds)
    const silenced = [...chosen].filter(([, delivery]) => which === undefined || delivery === which)
    await this.choose(personId, new Map(silenced.map(([kind]) => [kind, 'site'])))
  }

  async forget(personId: string): Promise<void> {
    await this.chosen.deleteOne({ _id: personId })
  }
}
