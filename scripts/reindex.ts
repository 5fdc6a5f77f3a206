import { readArguments } from './support/commandLine.ts'
import { openCommandServices } from './support/commandServices.ts'
import { durationText, ProgressLine } from './support/progressLine.ts'
import { runCommand, WrongUsage } from './support/runCommand.ts'

const usage = `Usage: npm run reindex -- [TYPE…]

Fills a new index of each type (or of those named) beside the one in use, and changes over when both sides agree. Searches and writes go on.`

await runCommand(usage, async args => {
  const wanted = readArguments(args, {}).positionals
  const services = await openCommandServices()
  try {
    const { types } = services.search
    const unknown = wanted.find(name => !types.some(({ type }) => type === name))
    if (unknown !== undefined) throw new WrongUsage(`There is no type "${unknown}". Types: ${types.map(({ type }) => type).join(', ')}.`)
    for (const type of types.filter(({ type: name }) => wanted.length === 0 || wanted.includes(name))) {
      const line = new ProgressLine(type.plural)
      let count = 0
      await services.reindex.run(type, (filled, total) => {
        count = filled
        line.show({ done: filled, part: total === 0 ? 1 : filled / total })
      })
      line.end()
      console.log(`${type.plural}: ${count.toLocaleString('en-GB')} in the new index, in ${durationText(line.elapsedMs)}`)
    }
    return 0
  } finally {
    await services.close()
  }
})
