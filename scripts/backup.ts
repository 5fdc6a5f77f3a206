import { resolve } from 'node:path'
import { systemClock } from '../server/clock.ts'
import { type Config, readConfig } from '../server/config.ts'
import { backUp, type MadeBackup } from '../server/storage/backup/backUp.ts'
import { connectStorage, type Storage } from '../server/storage/connectStorage.ts'
import { codeVersion } from '../server/version.ts'
import { readArguments } from './support/commandLine.ts'
import { durationText, ProgressLine } from './support/progressLine.ts'
import { interruptedExitCode, interruption, runCommand, WrongUsage } from './support/runCommand.ts'
import { storeFailure } from './support/storeFailure.ts'

const usage = `Usage: npm run backup -- DIR

Writes all that the database holds into the new or empty folder DIR, while the site is running or not. Interrupted, it goes on with the same command.
DIR then holds what only administrators may read: keep it as you keep the database. "npm run restore" takes it back.`

const goOn = 'Then run the same command again: it goes on where it was.'

async function makeBackup(folder: string, config: Config): Promise<number> {
  const storage = await connectStorage({ mongodbUri: config.MONGODB_URI, dataDir: config.DATA_DIR, mayJoin: true })
  const signal = interruption()
  const line = new ProgressLine('documents')
  try {
    const made = await backUp({
      connection: storage.connection,
      folder,
      origin: originOf(storage, config),
      isEmbedded: config.MONGODB_URI === undefined,
      skillpool: codeVersion,
      clock: systemClock,
      progress: ({ done, total }) => line.show({ done, part: total === 0 ? 1 : Math.min(1, done / total) }),
      signal,
    })
    line.end()
    tell(folder, made, line.elapsedMs)
    return 0
  } catch (error) {
    line.end()
    if (!signal.aborted) throw storeFailure(error, goOn)
    console.log(`Stopped: ${folder} is no backup yet. ${goOn}`)
    return interruptedExitCode
  } finally {
    await storage.close()
  }
}

const originOf = ({ description }: Storage, { MONGODB_URI, DATA_DIR }: Config) =>
  MONGODB_URI === undefined ? `embedded, in ${resolve(DATA_DIR)}` : description

function tell(folder: string, { manifest, isResumed }: MadeBackup, elapsedMs: number): void {
  const documents = manifest.collections.reduce((sum, collection) => sum + collection.documents.count, 0)
  const bytes = manifest.collections.reduce((sum, collection) => sum + collection.documents.bytes, 0)
  console.log(
    `${documents.toLocaleString('en-GB')} documents of ${manifest.collections.length} collections, ${(bytes / 1e6).toFixed(1)} MB, ` +
      `in ${folder}, in ${durationText(elapsedMs)}${isResumed ? `. It was begun ${manifest.beganAt}, and interrupted` : ''}`,
  )
}

await runCommand(usage, async args => {
  const [folder, ...more] = readArguments(args, {}).positionals
  if (folder === undefined || more.length > 0) throw new WrongUsage('Name one folder.')
  return makeBackup(folder, readConfig(process.env))
})
