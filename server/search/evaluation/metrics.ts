/** Grades by id, of one question: above 0 is relevant. What is not in it was not judged, and counts as not relevant. */
export type Judgements = ReadonlyMap<string, number>

/**
 * Normalised discounted cumulative gain over the best `depth` results, in the form of trec_eval: the gain is the grade itself, divided by
 * log2(rank + 1), over the same sum for the best possible order (Järvelin and Kekäläinen, TOIS 2002).
 * @param ranked  ids, best first, none twice
 * @returns from 0 to 1; 0 when nothing is relevant
 */
export function ndcg(ranked: readonly string[], judgements: Judgements, depth = 10): number {
  const ideal = [...judgements.values()].filter(grade => grade > 0).sort((a, b) => b - a)
  const best = discountedGain(ideal.slice(0, depth))
  return best === 0 ? 0 : discountedGain(ranked.slice(0, depth).map(id => gradeOf(id, judgements))) / best
}

/** The mean, over all relevant ones, of the precision at the rank of each; those not among the first `depth` add nothing. */
export function averagePrecision(ranked: readonly string[], judgements: Judgements, depth = 1_000): number {
  let found = 0
  let sum = 0
  for (const [position, id] of ranked.slice(0, depth).entries()) {
    if (gradeOf(id, judgements) === 0) continue
    found += 1
    sum += found / (position + 1)
  }
  return overRelevant(sum, judgements)
}

/** How much of the first `depth` is relevant; fewer results than that do not make it better. */
export function precision(ranked: readonly string[], judgements: Judgements, depth = 5): number {
  return relevantAmong(ranked.slice(0, depth), judgements) / depth
}

/** How much of what is relevant is among the first `depth`. */
export function recall(ranked: readonly string[], judgements: Judgements, depth = 100): number {
  return overRelevant(relevantAmong(ranked.slice(0, depth), judgements), judgements)
}

/** 1 when one of the first `depth` is relevant, else 0. */
export const success = (ranked: readonly string[], judgements: Judgements, depth = 5): number =>
  relevantAmong(ranked.slice(0, depth), judgements) > 0 ? 1 : 0

export const hasRelevant = (judgements: Judgements): boolean => [...judgements.values()].some(grade => grade > 0)

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

/** The value that `part` of all are not above (nearest rank). 0 for no values. */
export function percentile(values: readonly number[], part: number): number {
  const ascending = values.toSorted((a, b) => a - b)
  return ascending[Math.max(0, Math.ceil(part * ascending.length) - 1)] ?? 0
}

const gradeOf = (id: string, judgements: Judgements) => Math.max(0, judgements.get(id) ?? 0)
const relevantAmong = (ids: readonly string[], judgements: Judgements) => ids.filter(id => gradeOf(id, judgements) > 0).length
const discountedGain = (grades: readonly number[]) => grades.reduce((sum, grade, position) => sum + grade / Math.log2(position + 2), 0)

function overRelevant(sum: number, judgements: Judgements): number {
  const relevant = [...judgements.values()].filter(grade => grade > 0).length
  return relevant === 0 ? 0 : sum / relevant
}
