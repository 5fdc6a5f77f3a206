import { runtimeCommand } from '../../search/meaning/modelFolder.ts'
import type { Services } from '../../services.ts'
import { progressOf } from './timeLeft.ts'

/** Whether records are found by meaning, how far their vectors are, and how it is switched on. */
export async function presentMeaning({ semanticModel: { encoder, problem }, keptPassages }: Services) {
  if (problem !== undefined) return { state: 'cannot be used', isWell: false, says: problem, isOff: true, runtimeCommand }
  if (encoder === undefined || keptPassages === undefined) return { state: 'off', isWell: true, isOff: true, runtimeCommand }
  const { total, waiting } = await keptPassages.progress()
  const model = `${encoder.model.split(' ')[0]}, ${encoder.dimensions} dimensions`
  if (encoder.problem !== undefined)
    return { state: 'has stopped', isWell: false, says: `${model}: ${encoder.problem}. Start the site again.`, isOff: false }
  const done = total - waiting
  const says = `${model}: ${done.toLocaleString('en-GB')} of ${total.toLocaleString('en-GB')} records.`
  return { state: 'on', isWell: true, says, isOff: false, ...(waiting === 0 ? {} : { filling: progressOf(done, total, undefined) }) }
}
