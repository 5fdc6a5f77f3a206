import { importRows } from '../server/imports/importRun.ts'
import { IndexingPace } from '../server/imports/indexingPace.ts'
import { evaluate, type Quality } from '../server/search/evaluation/evaluation.ts'
import { authorsOfRelevant, peopleNamed } from '../server/search/evaluation/judgedPeople.ts'
import { asArticleRows, type Query, type QueryJudgements, readJudgements, readQueries } from '../server/search/evaluation/judgedSet.ts'
import type { Services } from '../server/services.ts'
import { openTable } from '../server/tables/openTable.ts'
import { askedForHelp, type MatchingQuality } from './support/askedForHelp.ts'
import { readArguments } from './support/commandLine.ts'
import { ProgressLine } from './support/progressLine.ts'
import { interruption, runCommand, WrongUsage } from './support/runCommand.ts'
import { ThrowAwayStorage } from './support/throwAwayServices.ts'

const usage = `Usage: npm run evaluate -- --documents FILE --queries FILE --qrels FILE [--experts] [--people-qrels FILE] [--requests] [--json]

Documents (.jsonl): id, title, text, authors, date. Queries (.jsonl): id, text. Qrels: query, document and grade with tabs between.
--experts       ranks authors too: relevant are those of at least two relevant documents
--people-qrels  ranks people, judged by this file: query, person's name and grade with tabs between
--requests      asks each query as a request for help too: how often one of the first five who would be invited is right; with --experts or --people-qrels
--json          ends with one line of JSON
Finds by meaning too when SEMANTIC_MODEL is set. Uses MONGODB_URI and ELASTICSEARCH_URL when they are set, under names of its own, and leaves nothing behind.`

const options = {
  documents: { type: 'string' },
  queries: { type: 'string' },
  qrels: { type: 'string' },
  experts: { type: 'boolean', default: false },
  'people-qrels': { type: 'string' },
  requests: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const

interface Asked {
  documents: string
  queries: Query[]
  qrels: QueryJudgements
  /** Judgements by name; true for those that follow from the documents. */
  experts: QueryJudgements | boolean
  requests: boolean
}

interface Measured {
  engine: string
  documents: number
  articles: Quality
  experts?: Quality
  matching?: MatchingQuality
}

async function measure(asked: Asked, services: Services, json: boolean, interrupted: AbortSignal): Promise<number> {
  const documents = await load(asked.documents, services, interrupted)
  const line = new ProgressLine('queries')
  const progress = (done: number, of: number) => {
    interrupted.throwIfAborted()
    line.show({ done, part: done / of })
  }
  const ask = (type: 'article' | 'person', judgements: QueryJudgements) =>
    evaluate({
      search: services.search,
      type,
      queries: asked.queries,
      judgements,
      idOf: result => (type === 'article' ? (result.sourceId ?? '') : result.id),
      progress,
    })
  const articles = await ask('article', asked.qrels)
  const people = asked.experts === false ? undefined : await judgedPeople(asked, services)
  const experts = people && (await ask('person', people))
  const matching =
    people && asked.requests ? await askedForHelp(services, { queries: asked.queries, judgements: people, progress }) : undefined
  line.end()
  const measured = { engine: services.engine.name, documents, articles, ...(experts && { experts }), ...(matching && { matching }) }
  tell(measured)
  if (json) console.log(JSON.stringify(summary(measured)))
  return 0
}

async function load(file: string, services: Services, interrupted: AbortSignal): Promise<number> {
  const table = await openTable(file)
  const line = new ProgressLine('documents')
  const pace = new IndexingPace(services)
  const tally = await importRows(services, {
    type: 'articles',
    table: { file, columns: undefined, rows: asArticleRows(table.rows) },
    refuse: ({ line: at, reason }) => console.error(`${file}, line ${at}: ${reason}`),
    pace: () => pace.next(),
    progress: soFar => {
      interrupted.throwIfAborted()
      line.show({ done: soFar.read, part: table.bytesRead() / table.sizeBytes })
    },
  })
  await services.indexer.settled({ withinMs: 600_000 })
  line.end()
  await encode(services, interrupted)
  return tally.added
}

/** With SEMANTIC_MODEL set, documents are found by meaning too. */
async function encode({ passageEncoding, keptPassages }: Services, interrupted: AbortSignal): Promise<void> {
  const line = new ProgressLine('records encoded')
  const total = (await keptPassages?.progress())?.total ?? 0
  await passageEncoding?.settled(waiting => {
    interrupted.throwIfAborted()
    line.show({ done: total - waiting, part: total === 0 ? 1 : (total - waiting) / total })
  })
  if (passageEncoding !== undefined) line.end()
}

function judgedPeople({ experts, qrels }: Asked, services: Services): Promise<QueryJudgements> {
  return typeof experts === 'boolean' ? authorsOfRelevant(services, qrels) : peopleNamed(services, experts)
}

function tell({ engine, documents, articles, experts, matching }: Measured): void {
  const rows = { articles, ...(experts === undefined ? {} : { people: experts }) }
  console.log(`${documents.toLocaleString('en-GB')} documents on ${engine}`)
  console.table(
    Object.fromEntries(
      Object.entries(rows).map(([name, quality]) => [
        name,
        {
          queries: quality.queries,
          'nDCG@10': short(quality.ndcg10),
          MAP: short(quality.map),
          'P@5': short(quality.p5),
          'recall@100': short(quality.recall100),
          'median ms': short(quality.medianMs, 1),
          'p95 ms': short(quality.p95Ms, 1),
        },
      ]),
    ),
  )
  if (matching !== undefined)
    console.log(`Asked as ${matching.queries} requests: one of the first five is right in ${short(matching.success5)} of them`)
}

function summary({ engine, documents, articles, experts, matching }: Measured) {
  const { queries, ndcg10, map, p5, recall100, medianMs } = articles
  return {
    engine,
    documents,
    queries,
    ndcg10: short(ndcg10),
    map: short(map),
    p5: short(p5),
    recall100: short(recall100),
    medianMs: short(medianMs, 1),
    ...(experts === undefined ? {} : { experts: { queries: experts.queries, map: short(experts.map), p5: short(experts.p5) } }),
    ...(matching === undefined ? {} : { requests: { queries: matching.queries, success5: short(matching.success5) } }),
  }
}

function short(value: number, digits = 4): number {
  return Number(value.toFixed(digits))
}

await runCommand(usage, async args => {
  const { values, positionals } = readArguments(args, options)
  if (!values.documents || !values.queries || !values.qrels || positionals.length > 0)
    throw new WrongUsage('Name documents, queries and qrels.')
  if (values.requests && !values.experts && values['people-qrels'] === undefined)
    throw new WrongUsage('With --requests, say who is right: --experts, or --people-qrels FILE.')
  const asked: Asked = {
    documents: values.documents,
    queries: await readQueries(values.queries),
    qrels: await readJudgements(values.qrels),
    requests: values.requests,
    experts: values['people-qrels'] === undefined ? values.experts : await readJudgements(values['people-qrels'], /\t/),
  }
  const interrupted = interruption()
  const storage = new ThrowAwayStorage('evaluate')
  try {
    return await measure(asked, await storage.open(), values.json, interrupted)
  } finally {
    await storage.remove()
  }
})
