import { systemClock } from '../server/clock.ts'
import { type Config, readConfig } from '../server/config.ts'
import { CannotStart, Unavailable } from '../server/failures.ts'
import type { Manifest } from '../server/storage/backup/manifest.ts'
import { prepareStore, restore } from '../server/storage/backup/restore.ts'
import { verifyBackup } from '../server/storage/backup/verifyBackup.ts'
import { connectStorage } from '../server/storage/connectStorage.ts'
import { migrations } from '../server/storage/migrations/migrations.ts'
import { readArguments } from './support/commandLine.ts'
import { durationText, ProgressLine } from './support/progressLine.ts'
import { interruptedExitCode, interruption, runCommand, WrongUsage } from './support/runCommand.ts'
import { fillSearch, requireReplaceable } from './support/searchAfterRestore.ts'
import { storeFailure } from './support/storeFailure.ts'

const usage = `Usage: npm run restore -- DIR [--check] [--replace-indexes]

Reads the backup in DIR, made by "npm run backup", and refuses it by the name of the file when anything is missing, cut off, changed or too much. Then
fills the empty database that the settings name, compares it with the backup, and fills the search engine. Interrupted, it begins anew with the same
command. The site must not run. --check only reads the backup. --replace-indexes lets indexes of Elasticsearch go that are there already.`

const goOn = 'Then run the same command again: it begins anew.'

/** One line on the terminal for each step. */
class Steps {
  private line: ProgressLine | undefined
  private step = ''

  show(step: string, { done, total }: { done: number; total?: number }): void {
    if (step !== this.step) this.end()
    this.step = step
    this.line ??= new ProgressLine(step)
    this.line.show(total === undefined ? { done } : { done, part: total === 0 ? 1 : done / total })
  }

  end(): void {
    this.line?.end()
    this.line = undefined
  }
}

function verify(folder: string, steps: Steps, signal: AbortSignal): Promise<Manifest> {
  const knownMigrations = migrations.map(({ name }) => name)
  return verifyBackup({ folder, knownMigrations, signal, progress: soFar => steps.show('documents read', soFar) })
}

interface Asked {
  folder: string
  config: Config
  mayReplace: boolean
  steps: Steps
  signal: AbortSignal
}

async function fillDatabase(manifest: Manifest, { folder, config, mayReplace, steps, signal }: Asked): Promise<string> {
  const { connection, description, close } = await connectStorage({ mongodbUri: config.MONGODB_URI, dataDir: config.DATA_DIR })
  try {
    const wasInterrupted = await prepareStore({ connection, description })
    if (wasInterrupted) console.log('A restore was interrupted here. What it left was removed; it begins anew.')
    await requireReplaceable(config, mayReplace)
    await restore({
      ...{ connection, folder, manifest, description, clock: systemClock, signal },
      progress: (step, soFar) => steps.show(step === 'writing' ? 'documents restored' : 'documents compared', soFar),
    })
    return `the database "${connection.name}" (${description})`
  } finally {
    await close()
  }
}

/** What is in the database is whole then, whatever happens here: the site fills the engine too. */
async function fillEngine({ config, steps, signal }: Asked): Promise<string> {
  const later = 'The site fills the search engine when it runs.'
  try {
    const taken = await fillSearch(config, done => steps.show('records indexed', { done }), signal)
    return taken === undefined ? later : `${taken.toLocaleString('en-GB')} records can be found.`
  } catch (error) {
    if (signal.aborted) return later
    if (error instanceof CannotStart || error instanceof Unavailable) return `${error.message} ${later}`
    throw error
  }
}

const countOf = ({ collections }: Manifest) =>
  `${collections.reduce((sum, { documents }) => sum + documents.count, 0).toLocaleString('en-GB')} documents of ${collections.length} collections`

async function run(folder: string, { isCheck, mayReplace }: { isCheck: boolean; mayReplace: boolean }): Promise<number> {
  const config = readConfig(process.env)
  const signal = interruption()
  const steps = new Steps()
  const startedAt = performance.now()
  try {
    const manifest = await verify(folder, steps, signal)
    steps.end()
    console.log(`The backup of ${manifest.endedAt} is whole: ${countOf(manifest)}, from "${manifest.database}" (${manifest.engine}).`)
    if (isCheck) return 0
    const asked = { folder, config, mayReplace, steps, signal }
    const where = await fillDatabase(manifest, asked)
    steps.end()
    console.log(`Restored into ${where}: ${countOf(manifest)}, each as in the backup, in ${durationText(performance.now() - startedAt)}.`)
    const found = await fillEngine(asked)
    steps.end()
    console.log(found)
    return signal.aborted ? interruptedExitCode : 0
  } catch (error) {
    steps.end()
    if (!signal.aborted) throw storeFailure(error, goOn)
    console.log('Stopped. Run the same command again: it begins anew.')
    return interruptedExitCode
  }
}

await runCommand(usage, async args => {
  const options = { check: { type: 'boolean', default: false }, 'replace-indexes': { type: 'boolean', default: false } } as const
  const { values, positionals } = readArguments(args, options)
  const [folder, ...more] = positionals
  if (folder === undefined || more.length > 0) throw new WrongUsage('Name one folder.')
  return run(folder, { isCheck: values.check, mayReplace: values['replace-indexes'] })
})
