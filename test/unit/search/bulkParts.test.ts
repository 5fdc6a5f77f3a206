import { expect } from 'chai'
import { bulkParts } from '../../../server/search/elasticsearch/bulkParts.ts'
import type { BulkOperation } from '../../../server/search/searchEngine.ts'

const write = (id: string, chars: number): BulkOperation => ({
  write: { id, rev: 1, readers: [], text: { title: '', body: 'x'.repeat(chars) }, keywords: {}, dates: {} },
})
const remove = (id: string): BulkOperation => ({ remove: { id, rev: 2 } })
const idOf = (operation: BulkOperation) => ('write' in operation ? operation.write.id : operation.remove.id)
const parts = (operations: BulkOperation[], most: number) => [...bulkParts(operations, most)].map(part => part.map(idOf))

describe('the parts of a bulk', () => {
  it('hold no more text than one request may, in the order there was', () => {
    const operations = [write('a', 6), write('b', 4), write('c', 1), remove('d'), write('e', 9), write('f', 2)]
    expect(parts(operations, 10)).to.deep.equal([['a', 'b'], ['c', 'd', 'e'], ['f']])
  })

  it('are one for each document that is longer by itself', () => {
    expect(parts([write('a', 1), write('b', 30), write('c', 30), write('d', 1)], 10)).to.deep.equal([['a'], ['b'], ['c'], ['d']])
  })

  it('are none for nothing, and one for what is short', () => {
    expect(parts([], 10)).to.deep.equal([])
    expect([...bulkParts(Array.from({ length: 500 }, (_, n) => write(`n${n}`, 5_000)))]).to.have.length(1)
  })
})
