import { keepPages, type PageReport } from '../../server/knowledge/imports/pages/pageImport.ts'
import { readPages } from '../../server/knowledge/imports/pages/readPages.ts'
import { filesOfPath } from '../../server/knowledge/imports/pages/sentFiles.ts'
import { openCommandServices } from './commandServices.ts'
import { durationText, ProgressLine } from './progressLine.ts'

const mostTold = 50

/** Pages of a folder, an archive or a file, whoever wrote them: published for the partnership, unless they say otherwise. */
export async function importPages(path: string, source: string | undefined): Promise<number> {
  const files = await filesOfPath(path)
  const read = await readPages(files)
  const services = await openCommandServices()
  const line = new ProgressLine('pages')
  try {
    const defaults = {
      source: source ?? files.name.replace(/\.[^.]*$/, ''),
      visibility: 'partnership' as const,
      state: 'published' as const,
    }
    const progress = (done: number, total: number) => line.show({ done, part: total === 0 ? 1 : done / total })
    const report = await keepPages(services, { read, defaults, progress })
    line.end()
    tell(report, line.elapsedMs)
    return report.tally.read > 0 && report.tally.refused === report.tally.read ? 1 : 0
  } finally {
    line.end()
    await services.close()
  }
}

function tell({ tally, pages, attached, notAttached, leftOut, broken, collections }: PageReport, elapsedMs: number): void {
  const number = (count: number) => count.toLocaleString('en-GB')
  console.log(
    `pages: ${number(tally.added)} added, ${number(tally.changed)} changed, ${number(tally.unchanged)} unchanged, ${number(tally.refused)} refused, in ${durationText(elapsedMs)}`,
  )
  console.log(`${number(attached)} files attached, ${number(collections)} collections`)
  for (const [about, count] of tally.warnings) console.log(`${number(count)} ${about}`)
  const refused = pages.flatMap(({ path, outcome }) => (typeof outcome === 'string' ? [] : [`${path}: ${outcome.refused}`]))
  list('Refused', refused)
  list(
    'Left out',
    [...leftOut, ...notAttached].map(({ path, reason }) => `${path}: ${reason}`),
  )
  list(
    'Links that lead nowhere',
    broken.map(({ path, target }) => `${path}: ${target}`),
  )
}

function list(what: string, lines: readonly string[]): void {
  if (lines.length === 0) return
  console.log(`${what}: ${lines.length.toLocaleString('en-GB')}`)
  for (const line of lines.slice(0, mostTold)) console.log(`  ${line}`)
  if (lines.length > mostTold) console.log(`  and ${(lines.length - mostTold).toLocaleString('en-GB')} more`)
}
