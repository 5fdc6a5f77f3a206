import { expect } from 'chai'
import {
  averagePrecision,
  hasRelevant,
  mean,
  ndcg,
  percentile,
  precision,
  recall,
  success,
} from '../../../server/search/evaluation/metrics.ts'

const judged = (grades: Record<string, number>) => new Map(Object.entries(grades))
const filler = (count: number) => Array.from({ length: count }, (_, position) => `other-${position}`)

describe('search metrics', () => {
  // By hand: (3/log2(2) + 0 + 1/log2(4) + 2/log2(5)) / (3/log2(2) + 2/log2(3) + 1/log2(4)) = (3 + 0.5 + 0.861353) / (3 + 1.261860 + 0.5)
  it('weighs grades by rank against the best order there is', () => {
    expect(ndcg(['a', 'x', 'c', 'b'], judged({ a: 3, b: 2, c: 1, x: 0 }))).to.be.closeTo(4.361353 / 4.76186, 1e-6)
  })

  it('gives 1 for the best order, also when there are fewer results than ten', () => {
    expect(ndcg(['a', 'b'], judged({ a: 2, b: 1 }))).to.equal(1)
  })

  it('does not count gains below the tenth result, nor ideal ones that would not fit', () => {
    expect(ndcg([...filler(10), 'a'], judged({ a: 1 }))).to.equal(0)
    const twelve = Array.from({ length: 12 }, (_, position) => `r${position}`)
    expect(ndcg(twelve, new Map(twelve.map(id => [id, 1])))).to.equal(1)
  })

  // By hand: relevant at ranks 1, 3 and 6 of 4 relevant: (1/1 + 2/3 + 3/6) / 4
  it('averages precision over all relevant ones, found or not', () => {
    const ranked = ['a', 'x', 'b', 'y', 'z', 'c']
    expect(averagePrecision(ranked, judged({ a: 1, b: 2, c: 1, missing: 1, x: 0 }))).to.be.closeTo((1 + 2 / 3 + 3 / 6) / 4, 1e-12)
  })

  it('looks at the first thousand only', () => {
    expect(averagePrecision([...filler(1_000), 'a'], judged({ a: 1 }))).to.equal(0)
    expect(averagePrecision([...filler(999), 'a'], judged({ a: 1 }))).to.equal(1 / 1_000)
  })

  it('divides precision by five even when fewer are found', () => {
    expect(precision(['a', 'b'], judged({ a: 1, b: 1 }))).to.equal(2 / 5)
    expect(precision(['x', 'a', 'y', 'b', 'c', 'd'], judged({ a: 1, b: 1, c: 1, d: 1 }))).to.equal(3 / 5)
  })

  it('counts recall among the first hundred', () => {
    expect(recall(['a', ...filler(99), 'b'], judged({ a: 1, b: 1 }))).to.equal(1 / 2)
  })

  it('counts one relevant result among the first five as a success, and no more for two', () => {
    expect(success([...filler(4), 'a'], judged({ a: 1 }))).to.equal(1)
    expect(success(['a', 'b'], judged({ a: 1, b: 2 }))).to.equal(1)
    expect(success([...filler(5), 'a'], judged({ a: 1 }))).to.equal(0)
  })

  it('gives nothing when nothing relevant is found, judged or answered', () => {
    for (const metric of [ndcg, averagePrecision, precision, recall, success]) {
      expect(metric(['x', 'y'], judged({ a: 1 }))).to.equal(0)
      expect(metric(['x'], judged({ x: 0 }))).to.equal(0)
      expect(metric([], judged({ a: 1 }))).to.equal(0)
      expect(metric(['x'], judged({}))).to.equal(0)
    }
  })

  it('takes grade 0, and grades below, as not relevant', () => {
    expect(ndcg(['bad', 'a'], judged({ bad: -2, a: 1 }))).to.be.closeTo(1 / Math.log2(3), 1e-12)
    expect(averagePrecision(['zero', 'a'], judged({ zero: 0, a: 1 }))).to.equal(1 / 2)
    expect(hasRelevant(judged({ a: 0, b: -1 }))).to.equal(false)
  })

  it('takes equal grades in any order', () => {
    const grades = judged({ a: 1, b: 1, c: 1 })
    expect(ndcg(['a', 'b', 'c'], grades)).to.equal(ndcg(['c', 'a', 'b'], grades))
  })

  it('takes percentiles at the nearest rank', () => {
    expect(percentile([5, 1, 3, 2, 4], 0.5)).to.equal(3)
    expect(percentile([1, 2, 3, 4], 0.5)).to.equal(2)
    expect(percentile([5, 1, 3, 2, 4], 0.95)).to.equal(5)
    expect(percentile([], 0.95)).to.equal(0)
    expect(mean([])).to.equal(0)
  })
})
