import { AsyncLocalStorage } from 'node:async_hooks'
import mongoose, { type PipelineStage, type Query, type Schema } from 'mongoose'

type Doc = Record<string, unknown>

/** A read, as it stands in an aggregation. */
interface Read {
  collection: mongoose.Collection
  stages: PipelineStage[]
}

interface Waiting extends Read {
  /** With nothing when it is the only one: then it is asked as usual. */
  resolve: (docs: Doc[] | undefined) => void
  reject: (error: unknown) => void
}

/** No answer is so long that it is asked for in portions. */
const inOneBatch = 100_000

const gatherings = new AsyncLocalStorage<Gathering>()

/** What is read in the course of this work, and begins at the same moment, is one question to the database. */
export const readingTogether = <T>(work: () => T): T => gatherings.run(new Gathering(), work)

/** A mongoose plugin: see readingTogether. It comes after those that say what may be read. */
export function readsTogether(schema: Schema<never, never, never, never>): void {
  schema.pre(['find', 'findOne', 'countDocuments'], async function (this: Query<unknown, unknown>) {
    const gathering = gatherings.getStore()
    if (gathering === undefined || !isPlain(this)) return
    const docs = await gathering.read({ collection: this.model.collection, stages: stagesOf(this) })
    if (docs !== undefined) throw mongoose.skipMiddlewareFunction(answerOf(this, docs))
  } as never)
}

/** The reads that wait for two turns of the event loop: Express takes one on its way through many routes. */
class Gathering {
  private waiting: Waiting[] = []

  read(read: Read): Promise<Doc[] | undefined> {
    return new Promise((resolve, reject) => {
      if (this.waiting.push({ ...read, resolve, reject }) === 1) setImmediate(() => setImmediate(() => this.ask()))
    })
  }

  private ask(): void {
    const reads = this.waiting
    this.waiting = []
    if (reads.length === 1) reads[0]?.resolve(undefined)
    else this.join(reads)
  }

  private join(reads: readonly Waiting[]): void {
    joined(reads).then(
      answers => {
        for (const [place, { resolve }] of reads.entries()) resolve(answers[place] ?? [])
      },
      error => {
        for (const { reject } of reads) reject(error)
      },
    )
  }
}

/** What each of them finds. Every document carries the place of its read, so that no answer has to fit into one document. */
async function joined(reads: readonly Read[]): Promise<Doc[][]> {
  const [first, ...others] = reads.map(({ collection, stages }, place) => ({
    coll: collection.collectionName,
    pipeline: [...stages, { $replaceWith: { place, doc: '$$ROOT' } }],
  }))
  const pipeline = [...(first?.pipeline ?? []), ...others.map(other => ({ $unionWith: other }))]
  const answers: Doc[][] = reads.map(() => [])
  const found = reads[0]?.collection.aggregate<{ place: number; doc: Doc }>(pipeline, { batchSize: inOneBatch })
  for (const { place, doc } of (await found?.toArray()) ?? []) answers[place]?.push(doc)
  return answers
}

const plainOptions = ['sort', 'skip', 'limit']

/** Documents as they are, of a query that an aggregation answers alike. What is read in portions is not among these. */
function isPlain(query: Query<unknown, unknown>): boolean {
  const options = Object.entries(query.getOptions()).filter(([, value]) => value !== undefined)
  const isCount = operationOf(query) === 'countDocuments'
  return (isCount || query.mongooseOptions().lean === true) && options.every(([name]) => plainOptions.includes(name))
}

function stagesOf(query: Query<unknown, unknown>): PipelineStage[] {
  query.cast(query.model)
  const { sort, skip, limit } = query.getOptions() as { sort?: Record<string, 1 | -1>; skip?: number; limit?: number }
  const operation = operationOf(query)
  const fields = (query.projection() ?? {}) as Record<string, 0 | 1>
  const most = operation === 'findOne' ? 1 : limit
  return [
    { $match: query.getFilter() },
    ...(sort === undefined ? [] : [{ $sort: sort }]),
    ...(skip ? [{ $skip: skip }] : []),
    ...(most ? [{ $limit: most }] : []),
    ...(operation === 'countDocuments' ? [{ $count: 'n' }] : Object.keys(fields).length > 0 ? [{ $project: fields }] : []),
  ]
}

function answerOf(query: Query<unknown, unknown>, docs: readonly Doc[]): unknown {
  switch (operationOf(query)) {
    case 'countDocuments':
      return docs[0]?.n ?? 0
    case 'findOne':
      return docs[0] ?? null
    default:
      return docs
  }
}

const operationOf = (query: Query<unknown, unknown>) => (query as unknown as { op: string }).op
