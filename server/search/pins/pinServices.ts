import type { Clock } from '../../clock.ts'
import type { Models } from '../../models.ts'
import type { SearchType } from '../searchType.ts'
import { KnownPins } from './knownPins.ts'
import { PinnedRecords } from './pinnedRecords.ts'
import { PinService } from './pinService.ts'

export interface PinServices {
  pinnedRecords: PinnedRecords
  knownPins: KnownPins
  pins: PinService
}

export function pinServices(models: Pick<Models, 'pins'>, { types, clock }: { types: readonly SearchType[]; clock: Clock }): PinServices {
  const pinnedRecords = new PinnedRecords(types)
  const knownPins = new KnownPins(models, { records: pinnedRecords, clock })
  return { pinnedRecords, knownPins, pins: new PinService(models, { known: knownPins, records: pinnedRecords, clock }) }
}
