import { systemClock } from '../server/clock.ts'
import { type Config, readConfig } from '../server/config.ts'
import { defineModels } from '../server/models.ts'
import { connectStorage, ensureIndexes, type Storage } from '../server/storage/connectStorage.ts'
import { missingIndexes } from '../server/storage/indexesInStep.ts'
import { migrations } from '../server/storage/migrations/migrations.ts'
import { Migrator } from '../server/storage/migrations/migrator.ts'
import { refuseNewer } from '../server/storage/migrations/requireInStep.ts'
import { codeVersion } from '../server/version.ts'
import { readArguments } from './support/commandLine.ts'
import { durationText, ProgressLine } from './support/progressLine.ts'
import { interruption, runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run migrate -- [--dry-run]

Brings the database in step with this version of Skillpool, before its processes are started; those of the version before go on meanwhile. With
--dry-run it only says what there is to do. Safe to repeat, also after it was interrupted. An embedded store is brought in step by the site itself.`

const inStep = `The database is in step with Skillpool ${codeVersion}.`

await runCommand(usage, async args => {
  const { values, positionals } = readArguments(args, { 'dry-run': { type: 'boolean', default: false } } as const)
  if (positionals.length > 0) throw new WrongUsage(`"${positionals[0]}" is not known here.`)
  const isDry = values['dry-run']
  const storage = await open(readConfig(process.env), isDry)
  try {
    const migrator = migratorOf(storage)
    refuseNewer(await migrator.state())
    if (isDry) await tellPlan(storage, migrator)
    else await migrate(storage, migrator)
    return 0
  } finally {
    await storage.close()
  }
})

/** Only for looking beside a running embedded site: that one brought its store in step when it started. */
function open({ MONGODB_URI, DATA_DIR }: Config, mayJoin: boolean): Promise<Storage> {
  return connectStorage({ mongodbUri: MONGODB_URI, dataDir: DATA_DIR, mayJoin })
}

function migratorOf({ connection }: Storage): Migrator {
  return new Migrator({ connection, models: defineModels(connection), migrations, clock: systemClock, codeVersion })
}

async function tellPlan({ connection }: Storage, migrator: Migrator): Promise<void> {
  const { pending } = await migrator.state()
  for (const { name, says, plan } of pending) {
    console.log(`To do: ${name}. ${says}.`)
    for (const line of await plan(connection)) console.log(`  ${line}`)
  }
  const missing = await missingIndexes(connection)
  for (const { collection, name } of missing) console.log(`To do: make the index ${name} of ${collection}`)
  console.log(pending.length + missing.length === 0 ? inStep : 'Nothing was changed.')
}

async function migrate({ connection }: Storage, migrator: Migrator): Promise<void> {
  const line = new ProgressLine('done')
  await migrator.run(
    {
      waitsFor: ({ pid, host }) => console.log(`Process ${pid} on ${host} is migrating already. Waiting for it.`),
      begins: ({ name, says }) => console.log(`${name}: ${says}`),
      reached: (_migration, done) => line.show({ done }),
      ended: ({ name }, tookMs) => {
        line.end()
        console.log(`${name}: done, in ${durationText(tookMs)}`)
      },
    },
    interruption(),
  )
  await ensureIndexes(connection)
  console.log(inStep)
}
