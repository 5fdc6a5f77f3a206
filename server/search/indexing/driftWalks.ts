import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { Difference, DriftCheck, DriftKind, DriftReport } from './drift.ts'
import type { DriftWalkRecord } from './driftWalkModel.ts'

const mostKept = 20

/** Walks, and keeps what the last one found for whoever looks after the site. */
export class DriftWalks {
  private readonly records: Models['driftWalks']
  private readonly drift: DriftCheck
  private readonly clock: Clock

  constructor(models: Pick<Models, 'driftWalks'>, drift: DriftCheck, clock: Clock) {
    this.records = models.driftWalks
    this.drift = drift
    this.clock = clock
  }

  async walk(options: Parameters<DriftCheck['check']>[0]): Promise<DriftReport> {
    const beganAt = this.clock.now()
    const report = await this.drift.check(options)
    await this.keep(beganAt, report)
    return report
  }

  async last(): Promise<DriftWalkRecord | undefined> {
    return (await this.records.findById('last').lean<DriftWalkRecord>()) ?? undefined
  }

  private async keep(beganAt: Date, { compared, differences, repaired }: DriftReport): Promise<void> {
    const first = differences.slice(0, mostKept).map(({ type, id, kind }) => ({ type, id, kind }))
    const walk = { beganAt, endedAt: this.clock.now(), compared, found: countKinds(differences), repaired, first }
    await this.records.updateOne({ _id: 'last' }, { $set: walk }, { upsert: true })
  }
}

function countKinds(differences: readonly Difference[]): Record<DriftKind, number> {
  const found = { missing: 0, ghost: 0, stale: 0, different: 0 }
  for (const { kind } of differences) found[kind] += 1
  return found
}
