import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readConfig } from '../server/config.ts'
import { type Site, startSite } from '../server/index.ts'
import { createLogger } from '../server/monitoring/createLogger.ts'
import { readArguments } from './support/commandLine.ts'
import { beginExample, type ExampleAccount, importExample, openExampleAccounts } from './support/examplePartnership.ts'
import { freePort } from './support/freePort.ts'
import { interruption, runCommand } from './support/runCommand.ts'

const usage = `Usage: npm run demo

Starts the site with an example partnership in a temporary folder, which is removed when you stop it with Ctrl-C. PORT and HOST are used when set.`

/** Never on configured stores, nor with mail: the example must not end up among real records, and its people are nobody. */
async function start(dataDir: string): Promise<Site> {
  const { MONGODB_URI: _mongodb, ELASTICSEARCH_URL: _elasticsearch, PUBLIC_URL: _address, SMTP_URL: _mail, ...environment } = process.env
  const wanted = readConfig({ LOG_LEVEL: 'warn', ...environment, DATA_DIR: dataDir })
  const PORT = await freePort(wanted.HOST, wanted.PORT)
  if (PORT !== wanted.PORT) console.log(`Port ${wanted.PORT} is taken by another program: ${PORT} is used.`)
  const config = { ...wanted, PORT }
  return startSite(config, createLogger(config))
}

async function fill({ services }: Site, password: string): Promise<ExampleAccount[]> {
  const first = await beginExample(services, password)
  await importExample(services, problem => console.error(`Not imported: ${problem}`))
  const accounts = await openExampleAccounts(services, password, first)
  await services.indexer.settled()
  return accounts
}

function tell({ url }: Site, accounts: readonly ExampleAccount[], password: string): void {
  const width = Math.max(...accounts.map(({ email }) => email.length))
  console.log(`\nSkillpool answers at  ${url}\n\nSign in with the password  ${password}  as\n`)
  for (const { role, name, email } of accounts) console.log(`  ${email.padEnd(width)}   ${name}, ${role}`)
  console.log('\nTry to find: vmware, "data centre", or who knows Oracle licensing. Ctrl-C stops it and removes all of it.\n')
}

const words = 'amber canal cedar copper harbour hazel lantern maple meadow pebble quarry river saddle thistle tiller willow'.split(' ')

function easyPassword(): string {
  return Array.from({ length: 3 }, () => words[randomInt(words.length)]).join('-')
}

await runCommand(usage, async args => {
  readArguments(args, {})
  const interrupted = interruption()
  const dataDir = mkdtempSync(join(tmpdir(), 'skillpool-demo-'))
  process.once('exit', () => rmSync(dataDir, { recursive: true, force: true }))
  const site = await start(dataDir)
  try {
    const password = easyPassword()
    const accounts = await fill(site, password)
    tell(site, accounts, password)
    await new Promise(resolve => (interrupted.aborted ? resolve(undefined) : interrupted.addEventListener('abort', resolve)))
    return 0
  } finally {
    await site.close()
  }
})
