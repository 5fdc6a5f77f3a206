import { longDate } from '../http/dates.ts'
import type { AllWaiting } from './waitingFor.ts'

export function presentWaiting({ things, isIncomplete }: AllWaiting) {
  return {
    count: things.reduce((sum, { count = 1 }) => sum + count, 0),
    rows: things.map(({ text, href, count, since }) => ({ text, href, count, since: since === undefined ? undefined : longDate(since) })),
    isIncomplete,
  }
}
