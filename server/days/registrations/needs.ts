import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Day } from '../dayModel.ts'
import type { Need } from './needModel.ts'

const keptMs = 30 * 86_400_000
const idOf = ({ _id }: Pick<Day, '_id'>, personId: string) => `${_id} ${personId}`

export type Needed = { access?: string | undefined; diet?: string | undefined }

/** Access and diet: whoever asks for them decides first whether the reader is a host, or the person. */
export class Needs {
  private readonly needs: Models['dayNeeds']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'dayNeeds'>, clock: Clock) {
    this.needs = models.dayNeeds
    this.clock = clock
  }

  async keep(day: Pick<Day, '_id' | 'endsAt'>, personId: string, { access, diet }: Needed): Promise<void> {
    const _id = idOf(day, personId)
    if (access === undefined && diet === undefined) return this.erase(day, personId)
    const said = { ...(access === undefined ? {} : { access }), ...(diet === undefined ? {} : { diet }) }
    const kept: Need = { _id, dayId: day._id, personId, ...said, eraseAt: new Date(day.endsAt.getTime() + keptMs) }
    await this.needs.replaceOne({ _id }, kept, { upsert: true })
  }

  async of(day: Pick<Day, '_id'>, personId: string): Promise<Need | undefined> {
    return (await this.needs.findById(idOf(day, personId)).lean<Need>()) ?? undefined
  }

  async ofDay({ _id }: Pick<Day, '_id'>): Promise<ReadonlyMap<string, Need>> {
    const found = await this.needs.find({ dayId: _id }).lean<Need[]>()
    return new Map(found.map(need => [need.personId, need]))
  }

  async erase(day: Pick<Day, '_id'>, personId: string): Promise<void> {
    await this.needs.deleteOne({ _id: idOf(day, personId) })
  }

  /** A day that is moved keeps its needs until 30 days after its new date. */
  async moved({ _id, endsAt }: Pick<Day, '_id' | 'endsAt'>): Promise<void> {
    await this.needs.updateMany({ dayId: _id }, { $set: { eraseAt: new Date(endsAt.getTime() + keptMs) } })
  }

  async forget(personId: string): Promise<void> {
    await this.needs.deleteMany({ personId })
  }

  /** @returns how many */
  async eraseDue(): Promise<number> {
    return (await this.needs.deleteMany({ eraseAt: { $lte: this.clock.now() } })).deletedCount
  }
}
