import type { Connection } from 'mongoose'
import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import { internalModel } from '../../storage/defineModel.ts'

interface EncodingPauseRecord {
  _id: 'passages'
  pausedAt: Date
}

/** There only while no process may encode. */
export const encodingPauseModel = (connection: Connection) =>
  internalModel<EncodingPauseRecord>(connection, { collection: 'encodingPauses', fields: { pausedAt: { type: Date, required: true } } })

/** Lets every process leave the processor to the site, until an administrator has it go on. Restarts change nothing. */
export class EncodingPause {
  private readonly records: Models['encodingPauses']
  private readonly clock: Clock

  constructor({ encodingPauses }: Pick<Models, 'encodingPauses'>, clock: Clock) {
    this.records = encodingPauses
    this.clock = clock
  }

  async since(): Promise<Date | undefined> {
    return (await this.records.findById('passages').lean<EncodingPauseRecord>())?.pausedAt
  }

  /** Each process ends the batch that it has begun. */
  async begin(): Promise<void> {
    await this.records.updateOne({ _id: 'passages' }, { $setOnInsert: { pausedAt: this.clock.now() } }, { upsert: true })
  }

  async end(): Promise<void> {
    await this.records.deleteOne({ _id: 'passages' })
    this.records.db.emit('passages wait')
  }
}
