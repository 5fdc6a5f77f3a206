import { durationText } from '../../http/durations.ts'

/**
 * For the progress component: "312 of 1,200, about 2 min left".
 * @param elapsedMs  how long `done` took; undefined when that is not known
 */
export function progressOf(done: number, total: number | undefined, elapsedMs: number | undefined) {
  const number = (count: number) => count.toLocaleString('en-GB')
  if (total === undefined) return { value: undefined, max: 1, text: done === 0 ? '' : `${number(done)} done` }
  const left = done > 0 && elapsedMs !== undefined ? [`about ${durationText((elapsedMs / done) * Math.max(0, total - done))} left`] : []
  return { value: done, max: Math.max(1, total), text: [`${number(done)} of ${number(total)}`, ...left].join(', ') }
}
