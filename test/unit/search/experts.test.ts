import { expect } from 'chai'
import { combSum } from '../../../server/search/experts.ts'

describe('votes for people', () => {
  it('add up the scores of a person’s documents', () => {
    const votes = [
      { id: 'd1', score: 5, contributors: ['ann', 'ben'] },
      { id: 'd2', score: 3, contributors: ['ben'] },
      { id: 'd3', score: 1, contributors: ['cat'] },
      { id: 'd4', score: 0.5, contributors: [] },
    ]
    expect(combSum(votes)).to.deep.equal([
      { id: 'ben', score: 8, documentIds: ['d1', 'd2'] },
      { id: 'ann', score: 5, documentIds: ['d1'] },
      { id: 'cat', score: 1, documentIds: ['d3'] },
    ])
  })

  it('put many small ones before one large one', () => {
    const small = [1, 2, 3].map(n => ({ id: `s${n}`, score: 2, contributors: ['many'] }))
    expect(combSum([{ id: 'l', score: 5, contributors: ['one'] }, ...small]).map(({ id }) => id)).to.deep.equal(['many', 'one'])
  })

  it('count a contributor once for each document, and go by id when equal', () => {
    const votes = [
      { id: 'd1', score: 2, contributors: ['ben', 'ben', 'ann'] },
      { id: 'd2', score: 1, contributors: ['B'] },
    ]
    expect(combSum(votes).map(({ id, score }) => [id, score])).to.deep.equal([
      ['ann', 2],
      ['ben', 2],
      ['B', 1],
    ])
  })

  it('are none without documents', () => expect(combSum([])).to.deep.equal([]))
})
