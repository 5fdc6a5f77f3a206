import type { JobServices } from '../feature.ts'
import { importerOf } from './importers.ts'
import { type ImportRun, keepRows, type Tally } from './keepRows.ts'

export type { ImportRun, Refusal, Tally } from './keepRows.ts'

/** @throws CannotStart when nothing of that type can be imported, and when a column is wrong or missing: nothing is written then */
export async function importRows(services: JobServices, run: ImportRun): Promise<Tally> {
  const { open } = importerOf(run.type)
  return keepRows(warn => open(services, { clock: services.clock, warn }), run)
}
