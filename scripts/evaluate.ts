import { importRows } from '../server/imports/importRun.ts'
import { IndexingPace } from '../server/imports/indexingPace.ts'
import { evaluate, type Quality } from '../server/search/evaluation/evaluation.ts'
import { authorsOfRelevant, peopleNamed } from '../server/search/evaluation/judgedPeople.ts'
import { asArticleRows, type Query, type QueryJudgements, readJudgements, readQueries } from '../server/search/evaluation/judgedSet.ts'
import type { Services } from '../server/services.ts'
import { openTable } from '../server/tables/openTable.ts'
import { readArguments } from './support/commandLine.ts'
import { ProgressLine } from './support/progressLine.ts'
import { interruption, runCommand, WrongUsage } from './support/runCommand.ts'
import { ThrowAwayStorage } from './support/throwAwayServices.ts'

const usage = `Usage: npm run evaluate -- --documents FILE --queries FILE --qrels FILE [--experts] [--people-qrels FILE] [--json]

Documents (.jsonl): id, title, text, authors, date. Queries (.jsonl): id, text. Qrels: query, document and grade with tabs between.
--experts       ranks authors too: relevant are those of at least two relevant documents
--people-qrels  ranks people, judged by this file: query, person's name and grade with tabs between
--json          ends with one line of JSON
Finds by meaning too when SEMANTIC_MODEL is set. Uses MONGODB_URI and ELASTICSEARCH_URL when they are set, under names of its own, and leaves nothing behind.`

const options = {
  documents: { type: 'string' },
  queries: { type: 'string' },
  qrels: { type: 'string' },
  experts: { type: 'boolean', default: false },
  'people-qrels': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

interface Asked {
  documents: string
  queries: Query[]
  qrels: QueryJudgements
  /** Judgements by name; true for those that follow from the documents. */
  experts: QueryJudgements | boolean
}

async function measure(asked: Asked, services: Services, json: boolean, interrupted: AbortSignal): Promise<number> {
  const documents = await load(asked.documents, services, interrupted)
  const line = new ProgressLine('queries')
  const ask = (type: 'article' | 'person', judgements: QueryJudgements) =>
    evaluate({
      search: services.search,
      type,
      queries: asked.queries,
      judgements,
      idOf: result => (type === 'article' ? (result.sourceId ?? '') : result.id),
      progress: (done, of) => {
        interrupted.throwIfAborted()
        line.show({ done, part: done / of })
      },
    })
  const articles = await ask('article', asked.qrels)
  const experts = asked.experts === false ? undefined : await ask('person', await judgedPeople(asked, services))
  line.end()
  tell(services.engine.name, documents, articles, experts)
  if (json) console.log(JSON.stringify(summary(services.engine.name, documents, articles, experts)))
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

function tell(engine: string, documents: number, articles: Quality, experts: Quality | undefined): void {
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
}

function summary(
  engine: string,
  documents: number,
  { queries, ndcg10, map, p5, recall100, medianMs }: Quality,
  experts: Quality | undefined,
) {
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
  }
}

function short(value: number, digits = 4): number {
  return Number(value.toFixed(digits))
}

await runCommand(usage, async args => {
  const { values, positionals } = readArguments(args, options)
  if (!values.documents || !values.queries || !values.qrels || positionals.length > 0)
    throw new WrongUsage('Name documents, queries and qrels.')
  const asked: Asked = {
    documents: values.documents,
    queries: await readQueries(values.queries),
    qrels: await readJudgements(values.qrels),
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
