import { join } from 'node:path'
import { FetchFailed, fetchModel, recommendedModel } from '../server/search/meaning/fetchModel.ts'
import { runtimeCommand } from '../server/search/meaning/modelFolder.ts'
import { readArguments } from './support/commandLine.ts'
import { ProgressLine } from './support/progressLine.ts'
import { runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run model -- fetch [FOLDER] [--from ADDRESS]

Fetches the recommended sentence model (${recommendedModel.name}, 23 MB), with which records are found by meaning, into a folder: DATA_DIR/model unless
one is named. What is fetched is known by its SHA-256; what was interrupted goes on where it ended.
--from ADDRESS  the same archive from elsewhere: a mirror of ${recommendedModel.address}`

await runCommand(usage, async args => {
  const { values, positionals } = readArguments(args, { from: { type: 'string', default: recommendedModel.address } })
  const [verb, folder = join(process.env.DATA_DIR || './data', 'model'), ...rest] = positionals
  if (verb !== 'fetch' || rest.length > 0) throw new WrongUsage('Say what to do: fetch.')
  const line = new ProgressLine('bytes')
  try {
    await fetchModel(folder, { address: values.from }, (done, of) => line.show({ done, ...(of > 0 ? { part: done / of } : {}) }))
  } catch (error) {
    if (!(error instanceof FetchFailed)) throw error
    line.end()
    console.error(error.message)
    return 1
  }
  line.end()
  console.log(
    `The model is in ${folder}. Set SEMANTIC_MODEL=${folder}, add what runs it with "${runtimeCommand}", and start the site again.`,
  )
  return 0
})
