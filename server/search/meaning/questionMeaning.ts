import type { Logger } from 'pino'
import type { Understanding } from '../question/understanding.ts'
import type { ConstantScoreClause, NearDocument, NearestQuery, SearchEngine, SearchQuery } from '../searchEngine.ts'
import type { SearchType } from '../searchType.ts'
import { type Encoder, EncoderAway, type Vector } from './encoder.ts'
import { leastCosine, meaningClauses, nearDepth } from './joining.ts'
import { wordsAreInCharge } from './wordsInCharge.ts'

/** A page does not wait longer for the vector of its question. */
const patienceMs = 250

type Engine = Pick<SearchEngine, 'search' | 'nearest'>
type Asked = Omit<SearchQuery, 'from' | 'size'>
type Narrowed = Pick<NearestQuery, 'alias' | 'readers' | 'filters' | 'ranges'>

/** What was found by meaning, by id. */
export type Near = ReadonlyMap<string, NearDocument>

interface Joining {
  near: Near
  clauses: readonly ConstantScoreClause[]
}

/** Of one question: its vector, and what is near to it, each asked for once. */
export class QuestionMeaning {
  private readonly model: string
  private readonly vector: Promise<Vector | undefined>
  private readonly engine: Engine
  private readonly joinings = new Map<string, Promise<Joining>>()

  private constructor(model: string, vector: Promise<Vector | undefined>, engine: Engine) {
    this.model = model
    this.vector = vector
    this.engine = engine
  }

  /** Undefined where words are in charge. Without a vector, because the model is away or slow, nothing is near. */
  static of(
    { encoder, log }: { encoder: Encoder; log: Logger },
    understanding: Understanding,
    engine: Engine,
  ): QuestionMeaning | undefined {
    if (wordsAreInCharge(understanding)) return undefined
    const vector = encoder.encodeQuestion(understanding.text.words.join(' '), patienceMs).catch(error => {
      if (!(error instanceof EncoderAway)) throw error
      log.warn({ err: error }, 'a question is answered by words alone: the model does not answer')
      return undefined
    })
    return new QuestionMeaning(encoder.model, vector, engine)
  }

  /** The query of a type, which then finds by meaning too, and what it finds so. */
  async join<Q extends Asked>(type: SearchType, query: Q): Promise<{ query: Q; near: Near }> {
    const key = JSON.stringify(query)
    const joining = this.joinings.get(key) ?? this.joiningOf(type, query)
    this.joinings.set(key, joining)
    const { near, clauses } = await joining
    return { query: near.size === 0 ? query : { ...query, clauses: [...(query.clauses ?? []), ...clauses] }, near }
  }

  /** The documents near to the question, of those that the query's readers and filters let through. */
  async nearest({ mapping }: SearchType, { alias, readers, filters = [], ranges = [] }: Narrowed): Promise<NearDocument[]> {
    const vector = mapping.passages === undefined ? undefined : await this.vector
    if (vector === undefined) return []
    return this.engine.nearest({ alias, readers, filters, ranges, model: this.model, vector, atLeast: leastCosine, most: nearDepth })
  }

  private async joiningOf(type: SearchType, query: Asked): Promise<Joining> {
    const [near, best] = await Promise.all([this.nearest(type, query), this.engine.search({ ...query, from: 0, size: 1 })])
    return { near: new Map(near.map(document => [document.id, document])), clauses: meaningClauses(near, best.hits[0]?.score ?? 0) }
  }
}
