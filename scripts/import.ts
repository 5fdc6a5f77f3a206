import { importTypes } from '../server/imports/importers.ts'
import { importRows, type Tally } from '../server/imports/importRun.ts'
import { IndexingPace } from '../server/imports/indexingPace.ts'
import { RefusalReport } from '../server/imports/refusalReport.ts'
import { openTable } from '../server/tables/openTable.ts'
import { readArguments } from './support/commandLine.ts'
import { openCommandServices } from './support/commandServices.ts'
import { EmbeddedSize } from './support/embeddedSize.ts'
import { importPages } from './support/importPages.ts'
import { durationText, ProgressLine } from './support/progressLine.ts'
import { interruptedExitCode, interruption, runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run import -- ${importTypes.join('|')} FILE
       npm run import -- pages PATH [--source NAME]

FILE ends in .csv (UTF-8, with a header row) or .jsonl (an object on each line). Every row has an id of its own: importing again updates what
has changed. Refused rows are listed, with line and reason, in FILE.refused.csv.

PATH is a folder, a zip archive or a file: Markdown, HTML (of Confluence), Word documents, XML dumps of MediaWiki, or what "npm run export" wrote. NAME says what
they come from (left out, the name of PATH): from there again, the same articles are changed.`

async function importFile(type: string, file: string): Promise<number> {
  const table = await openTable(file)
  const services = await openCommandServices()
  const report = new RefusalReport(file)
  const interrupted = interruption()
  const line = new ProgressLine('rows')
  try {
    const pace = new IndexingPace(services)
    const size = await EmbeddedSize.of(services)
    const tally = await importRows(services, {
      type,
      table,
      refuse: refusal => report.add(refusal),
      pace: () => pace.next(),
      stopped: () => interrupted.aborted,
      progress: soFar => {
        size.warn(soFar.added)
        line.show({ done: soFar.read, part: table.bytesRead() / table.sizeBytes })
      },
    })
    const isIndexed = await pace.settled()
    line.end()
    await report.close()
    tell(type, tally, report.file, line.elapsedMs, services.storage.ownsStore && isIndexed)
    if (interrupted.aborted) return stoppedEarly()
    return tally.read > 0 && tally.refused === tally.read ? 1 : 0
  } finally {
    line.end()
    await report.close()
    await services.close()
  }
}

function tell(type: string, tally: Tally, refusedFile: string | undefined, elapsedMs: number, isIndexed: boolean): void {
  const number = (count: number) => count.toLocaleString('en-GB')
  console.log(
    `${type}: ${number(tally.added)} added, ${number(tally.changed)} changed, ${number(tally.unchanged)} unchanged, ` +
      `${number(tally.refused)} refused, in ${durationText(elapsedMs)}`,
  )
  for (const [about, count] of tally.warnings) console.log(`${number(count)} ${about}`)
  if (refusedFile !== undefined) console.log(`Refused rows: ${refusedFile}`)
  if (!isIndexed) console.log('What was kept is found as soon as the running site, or the search engine once it answers, has taken it.')
}

function stoppedEarly(): number {
  console.log('Stopped. Run the same command again to go on: rows that are there already are passed over.')
  return interruptedExitCode
}

await runCommand(usage, async args => {
  const { positionals, values } = readArguments(args, { source: { type: 'string' } })
  const [type, file, ...more] = positionals
  if (type === undefined || file === undefined || more.length > 0) throw new WrongUsage('Name a type and one file.')
  if (type === 'pages') return importPages(file, values.source as string | undefined)
  if (!importTypes.includes(type)) throw new WrongUsage(`"${type}" cannot be imported.`)
  return importFile(type, file)
})
