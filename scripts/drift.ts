import type { Difference } from '../server/search/indexing/drift.ts'
import { readArguments } from './support/commandLine.ts'
import { openCommandServices } from './support/commandServices.ts'
import { ProgressLine } from './support/progressLine.ts'
import { runCommand } from './support/runCommand.ts'

const usage = `Usage: npm run drift -- [--repair]

Compares every record with the search engine's copy and prints how many differ. Exit code 1 when some do and they are not repaired.`

const shown = 20

const meanings: Record<Difference['kind'], string> = {
  missing: 'is not in the search engine',
  ghost: 'is only in the search engine',
  stale: 'is older in the search engine',
  different: 'has other content in the search engine',
}

const lineOf = ({ type, id, kind }: Difference) => `${type} ${id} ${meanings[kind]}`

await runCommand(usage, async args => {
  const { repair } = readArguments(args, { repair: { type: 'boolean', default: false } } as const).values
  const services = await openCommandServices()
  try {
    const line = new ProgressLine('records')
    const { compared, differences, repaired } = await services.driftWalks.walk({ repair, progress: done => line.show({ done }) })
    if (repaired > 0) await services.indexer.settled({ withinMs: 600_000 })
    line.end()
    console.log(`${compared.toLocaleString('en-GB')} records compared`)
    for (const difference of differences.slice(0, shown)) console.log(`  ${lineOf(difference)}`)
    if (differences.length > shown) console.log(`  and ${(differences.length - shown).toLocaleString('en-GB')} more`)
    if (repaired > 0) console.log(`repaired ${repaired}`)
    console.log(`drift ${differences.length}`)
    return differences.length > 0 && !repair ? 1 : 0
  } finally {
    await services.close()
  }
})
