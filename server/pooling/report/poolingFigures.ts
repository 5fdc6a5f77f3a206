import type { AskedFact, Place, PoolingFacts } from './poolingFacts.ts'

export interface Figures {
  requests: number
  answered: number
  helped: number
  /** To the first answer of each request that has one, the shortest first. */
  answerMinutes: number[]
  lentMinutes: number
  borrowedMinutes: number
  outcomes: number
  solved: number
  /** As the askers say. */
  hoursOfHelp: number
}

export const noFigures = (): Figures => ({
  ...{ requests: 0, answered: 0, helped: 0, answerMinutes: [], lentMinutes: 0, borrowedMinutes: 0 },
  ...{ outcomes: 0, solved: 0, hoursOfHelp: 0 },
})

/** The figures of each month, each organisation, or each of whatever `keyOf` makes of a place. */
export function figuresBy({ asked, helped, lent }: PoolingFacts, keyOf: (place: Place) => string): Map<string, Figures> {
  const byKey = new Map<string, Figures>()
  const at = (place: Place): Figures => {
    const key = keyOf(place)
    const figures = byKey.get(key) ?? noFigures()
    byKey.set(key, figures)
    return figures
  }
  for (const fact of asked) countAsked(at(fact), fact)
  for (const place of helped) at(place).helped += 1
  for (const { lender, borrower, minutes } of lent) {
    at(lender).lentMinutes += minutes
    at(borrower).borrowedMinutes += minutes
  }
  for (const { answerMinutes } of byKey.values()) answerMinutes.sort((a, b) => a - b)
  return byKey
}

export const figuresOfAll = (facts: PoolingFacts): Figures => figuresBy(facts, () => '').get('') ?? noFigures()

function countAsked(figures: Figures, { request: { outcome }, minutesToAnswer }: AskedFact): void {
  figures.requests += 1
  if (minutesToAnswer !== undefined) {
    figures.answered += 1
    figures.answerMinutes.push(minutesToAnswer)
  }
  if (outcome === undefined) return
  figures.outcomes += 1
  if (outcome.isSolved) figures.solved += 1
  figures.hoursOfHelp += outcome.hours ?? 0
}

/**
 * The value that a part of them does not exceed, between two of them where it falls there: as PERCENTILE.INC of spreadsheets (Hyndman and Fan, The American
 * Statistician 1996, definition 7).
 * @param sorted  the smallest first
 * @param part  0.5 for the median
 */
export function percentile(sorted: readonly number[], part: number): number | undefined {
  const place = (sorted.length - 1) * part
  const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below === undefined || above === undefined ? undefined : below + (above - below) * (place - Math.floor(place))
}
