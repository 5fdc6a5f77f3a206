import type { ConstantScoreClause, NearDocument } from '../searchEngine.ts'

/** How many documents are found by meaning, at most: 200 did better than 100 on CACM, and no worse than 1,000. */
export const nearDepth = 200
/** Below this cosine, passages have no more to do with a question than any others (all-MiniLM-L6-v2; see docs/search-quality.md for the trials). */
export const leastCosine = 0.25
/** What the nearest document gets, in parts of the best score by words: both count half. */
const meaningShare = 1

/**
 * Joins what is found by meaning with what is found by words: a weighted sum of both scores, each brought to the range from 0 to 1 (min-max, CombSUM of
 * Fox and Shaw, TREC-2, 1994), written as an addition to the score of words, so that the engine ranks, counts, filters and pages once.
 * @param near       nearest first
 * @param bestScore  of the words; 0 when they find nothing
 * @returns a clause for each document, which finds it too
 */
export function meaningClauses(near: readonly NearDocument[], bestScore: number): ConstantScoreClause[] {
  const range = (near[0]?.cosine ?? 1) - leastCosine
  const scale = meaningShare * (bestScore > 0 ? bestScore : 1)
  return near.map(({ id, cosine }) => ({
    field: 'id',
    value: id,
    score: scale * Math.max(1e-3, range > 0 ? (cosine - leastCosine) / range : 1),
  }))
}
