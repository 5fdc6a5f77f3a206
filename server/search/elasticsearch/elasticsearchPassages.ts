import type { estypes } from '@elastic/elasticsearch'
import type { EncodedPassage, Passage } from '../meaning/encoder.ts'
import type { NearDocument, NearestQuery } from '../searchEngine.ts'
import { conditions } from './elasticsearchQuery.ts'

/** How many neighbours the graph is followed to for each one that is asked for: 2 finds nearly all that an exact search does. */
const followed = 2

/** The filter holds while the graph is followed, so what others may see takes nobody's place. */
export function nearestBody({ vector, atLeast, most, filters = [], ...query }: Omit<NearestQuery, 'model'>): estypes.SearchRequest {
  return {
    knn: {
      field: 'passages.vector',
      query_vector: [...vector],
      k: most,
      num_candidates: most * followed,
      similarity: atLeast,
      filter: conditions(query, filters),
      inner_hits: { size: 1, _source: ['passages.from', 'passages.to'] },
    },
    size: most,
    _source: false,
  }
}

/** The engine's score of a cosine is half of it and one half. */
export function nearDocuments({ hits }: estypes.SearchResponse<unknown>, { atLeast }: NearestQuery): NearDocument[] {
  return hits.hits
    .map(({ _id, _score, inner_hits }) => ({
      id: _id as string,
      cosine: 2 * (_score ?? 0) - 1,
      passage: passageIn(inner_hits?.passages?.hits.hits[0]?._source),
    }))
    .filter(({ cosine }) => cosine >= atLeast)
}

export const passageSources = (passages: readonly EncodedPassage[]) =>
  passages.map(passage => ({ ...passage, vector: [...passage.vector] }))

function passageIn(source: unknown): Passage {
  const { from = 0, to = 0 } = (source ?? {}) as Partial<Passage>
  return { from, to }
}
