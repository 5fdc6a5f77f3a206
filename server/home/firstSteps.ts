import type { SignedInPerson } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import type { Models } from '../models.ts'
import type { StepsTaken } from './firstStepsModel.ts'

/** The first steps of a newcomer. Each is taken once: taking it again changes nothing. */
export class FirstSteps {
  private readonly taken: Models['firstSteps']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'firstSteps'>, clock: Clock) {
    this.taken = models.firstSteps
    this.clock = clock
  }

  async of({ id }: SignedInPerson): Promise<Omit<StepsTaken, '_id'>> {
    return (await this.taken.findById(id).lean<StepsTaken>()) ?? {}
  }

  async search({ id }: SignedInPerson): Promise<void> {
    await this.taken.updateOne({ _id: id }, { $min: { searchedAt: this.clock.now() } }, { upsert: true })
  }

  async hide({ id }: SignedInPerson): Promise<void> {
    await this.taken.updateOne({ _id: id }, { $min: { hiddenAt: this.clock.now() } }, { upsert: true })
  }
}
