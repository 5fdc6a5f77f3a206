import { dateAndTime } from '../../http/dates.ts'
import { runtimeCommand } from '../../search/meaning/modelFolder.ts'
import type { Services } from '../../services.ts'
import { progressOf } from './timeLeft.ts'

/** Whether records are found by meaning, how far their vectors are, and how it is switched on. */
export async function presentMeaning({ semanticModel: { encoder, problem }, keptPassages, encodingPause }: Services) {
  if (problem !== undefined) return { state: 'cannot be used', isWell: false, says: problem, isOff: true, runtimeCommand }
  if (encoder === undefined || keptPassages === undefined) return { state: 'off', isWell: true, isOff: true, runtimeCommand }
  const [{ total, waiting }, pausedSince] = await Promise.all([keptPassages.progress(), encodingPause.since()])
  const model = `${encoder.model.split(' ')[0]}, ${encoder.dimensions} dimensions`
  if (encoder.problem !== undefined)
    return { state: 'has stopped', isWell: false, says: `${model}: ${encoder.problem}. Start the site again.`, isOff: false }
  const done = total - waiting
  const says = `${model}: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} records.`
  const filling = waiting === 0 ? {} : { filling: progressOf(done, total, undefined) }
  if (pausedSince === undefined)
    return { state: 'on', isWell: true, says, isOff: false, ...filling, ...(waiting === 0 ? {} : { mayPause: true }) }
  return {
    state: 'paused',
    isWell: false,
    says: `${says} Paused since ${dateAndTime(pausedSince)}.`,
    isOff: false,
    ...filling,
    mayGoOn: true,
  }
}
