import type { FromSite } from './benchmark/benchedSite.ts'
import { slowestDrawingMs } from './benchmark/longestTexts.ts'
import { articleCount, makeUpPartnership } from './benchmark/madeUpPartnership.ts'
import { type MeaningFigures, measureMeaning } from './benchmark/meaningFigures.ts'
import type { StorageFigures } from './benchmark/measureStorage.ts'
import { muchTalkedOf } from './benchmark/muchTalkedOf.ts'
import {
  madeUpBeginnings,
  madeUpQuestions,
  measurePages,
  newestArticles,
  percentiles,
  searchPage,
  signIn,
} from './benchmark/searchPages.ts'
import { SiteProcess } from './benchmark/siteProcess.ts'
import { readArguments } from './support/commandLine.ts'
import { ProgressLine } from './support/progressLine.ts'
import { interruption, runCommand } from './support/runCommand.ts'
import { ThrowAwayStorage } from './support/throwAwayServices.ts'

const usage = `Usage: npm run bench -- [--json]

Measures 10,000 made-up articles of 2.5 kB in throw-away storage, and prints the aims beside. Uses MONGODB_URI and ELASTICSEARCH_URL when they are
set, under names of its own. With SEMANTIC_MODEL it measures the search page with words alone, and then by meaning too.`

interface Figure {
  measured: number
  unit: string
  aim: number
  /** Whether more is better. */
  atLeast?: true
}

const password = 'a bench is for sitting'

async function bench(storage: ThrowAwayStorage, sites: SiteProcess[], interrupted: AbortSignal): Promise<Record<string, Figure>> {
  const { email, talkedOf } = await fill(storage, interrupted)
  const environment = { DATA_DIR: storage.config.DATA_DIR, INDEX_PREFIX: storage.config.INDEX_PREFIX }
  const start = async (model = '') => {
    interrupted.throwIfAborted()
    const site = await SiteProcess.start({ ...environment, SEMANTIC_MODEL: model })
    sites.push(site)
    return site
  }
  const first = await start()
  const cookie = await signIn(first.url, email, password)
  await first.stop()
  const started = performance.now()
  const site = await start()
  await searchPage(site.url, cookie, '/search?q=network')
  const startMs = performance.now() - started
  const page = await measurePages(site.url, cookie, madeUpQuestions(), () => site.say('a page begins'))
  const { straightMs } = await site.ask<{ straightMs: number[] }>('ask the engine again')
  const straight = percentiles(straightMs)
  const suggesting = await measurePages(site.url, cookie, madeUpBeginnings())
  const article = await measurePages(site.url, cookie, await newestArticles(site.url, cookie))
  const times = (path: string) => measurePages(site.url, cookie, Array<string>(40).fill(path))
  await times(talkedOf.long)
  const quiet = await times(talkedOf.quiet)
  const long = await times(talkedOf.long)
  const { peakBytes } = await site.ask<Extract<FromSite, { peakBytes: number }>>('tell memory')
  const { figures } = await site.ask<{ figures: StorageFigures }>('measure storage')
  const { peakBytes: peakAfterWriting } = await site.ask<Extract<FromSite, { peakBytes: number }>>('tell memory')
  await site.stop()
  const model = process.env.SEMANTIC_MODEL
  const meaning = model ? await measureMeaning(() => start(model), cookie, interrupted) : undefined
  return {
    'find by id, median': { measured: figures.findByIdMs, unit: 'ms', aim: 0.5 },
    'indexed find, sort, limit 20, median': { measured: figures.indexedListMs, unit: 'ms', aim: 3 },
    'durable inserts, 20 writers': { measured: figures.insertsPerSecond, unit: 'per s', aim: 300, atLeast: true },
    'search page, p95': { measured: page.p95, unit: 'ms', aim: 60 },
    'search page, median': { measured: page.median, unit: 'ms', aim: 60 },
    'search page, p95 (aim: 1.3 of what the engine alone takes for it, and 5 ms)': {
      measured: page.p95,
      unit: 'ms',
      aim: straight.p95 * 1.3 + 5,
    },
    'what the engine alone takes for it, median': { measured: straight.median, unit: 'ms', aim: page.median },
    'suggestions, p95 (aim: half of a search page)': { measured: suggesting.p95, unit: 'ms', aim: page.p95 / 2 },
    'article page, p95': { measured: article.p95, unit: 'ms', aim: 100 },
    'article page, median': { measured: article.median, unit: 'ms', aim: 60 },
    'article page with 500 comments and 200 revisions, to one without any': {
      measured: long.median / quiet.median,
      unit: 'times',
      aim: 3,
    },
    'longest text allowed, the slowest drawn': { measured: slowestDrawingMs(), unit: 'ms', aim: 2_000 },
    'start to the first answered search': { measured: startMs, unit: 'ms', aim: 2_000 },
    'resident, peak while searching': { measured: peakBytes / 1e6, unit: 'MB', aim: 350 },
    'resident, peak while writing': { measured: peakAfterWriting / 1e6, unit: 'MB', aim: 350 },
    ...(meaning && figuresByMeaning(meaning, page.p95, peakBytes)),
  }
}

function figuresByMeaning({ page, peakBytes }: MeaningFigures, wordsP95: number, wordsBytes: number): Record<string, Figure> {
  return {
    'search page by meaning, p95 (aim: 1.5 of that of words alone, and 10 ms)': {
      measured: page.p95,
      unit: 'ms',
      aim: wordsP95 * 1.5 + 10,
    },
    'search page by meaning, median': { measured: page.median, unit: 'ms', aim: 60 },
    'resident while searching by meaning, above words alone': { measured: (peakBytes - wordsBytes) / 1e6, unit: 'MB', aim: 300 },
  }
}

async function fill(storage: ThrowAwayStorage, interrupted: AbortSignal) {
  const services = await storage.open()
  const line = new ProgressLine('articles')
  const person = await makeUpPartnership(services, done => {
    interrupted.throwIfAborted()
    line.show({ done, part: done / articleCount })
  })
  line.end()
  const email = person.email as string
  await services.accounts.open({ personId: person._id, email, password })
  const talkedOf = await muchTalkedOf(services)
  await storage.close()
  return { email, talkedOf }
}

function tell(figures: Record<string, Figure>, json: boolean): void {
  const rows = Object.entries(figures).map(([name, { measured, unit, aim, atLeast }]) => {
    const short = Number(measured.toPrecision(3))
    return [
      name,
      {
        measured: short,
        unit,
        aim: `${atLeast ? '>=' : '<='} ${Number(aim.toPrecision(3))}`,
        met: atLeast ? measured >= aim : measured <= aim,
      },
    ] as const
  })
  console.table(Object.fromEntries(rows))
  if (json)
    console.log(JSON.stringify(Object.fromEntries(Object.entries(figures).map(([name, { measured, unit }]) => [name, { measured, unit }]))))
}

await runCommand(usage, async args => {
  const { json } = readArguments(args, { json: { type: 'boolean', default: false } } as const).values
  const interrupted = interruption()
  const storage = new ThrowAwayStorage('bench', { ...process.env, SEMANTIC_MODEL: undefined })
  const sites: SiteProcess[] = []
  try {
    tell(await bench(storage, sites, interrupted), json)
    return 0
  } finally {
    await Promise.all(sites.map(site => site.stop()))
    await storage.remove()
  }
})
