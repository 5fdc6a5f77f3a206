import type { Model } from 'mongoose'
import type { Clock } from '../../clock.ts'
import type { Config } from '../../config.ts'
import { CannotStart } from '../../failures.ts'
import { Lease, type LeaseRecord } from '../../storage/leases.ts'

const forMs = 30_000

interface Asked {
  clock: Clock
  /** Do without the index when another process has it, instead of refusing. */
  mayJoin: boolean
  onLost(): void
}

/**
 * The embedded search is a file of one process: beside a MongoDB that others may use too, this process must be the only one that indexes.
 * @returns the right to have it; 'elsewhere' when another process has it and `mayJoin` is set; undefined when none is needed
 * @throws CannotStart when another process has it
 */
export async function soleSearchProcess(
  config: Config,
  leases: Model<LeaseRecord>,
  asked: Asked,
): Promise<Lease | 'elsewhere' | undefined> {
  if (config.MONGODB_URI === undefined || config.ELASTICSEARCH_URL !== undefined) return undefined
  const taken = await Lease.take(leases, 'embedded-search', { clock: asked.clock, forMs, onLost: asked.onLost })
  if (taken instanceof Lease) return taken
  if (asked.mayJoin) return 'elsewhere'
  throw new CannotStart(
    `ELASTICSEARCH_URL is not set, and another Skillpool (process ${taken.pid} on ${taken.host}, since ${taken.since.toISOString()}) already has the embedded search of this database. Several processes need Elasticsearch: set ELASTICSEARCH_URL for all of them, or stop the other one (it is forgotten ${forMs / 1_000} s after it died).`,
  )
}
