import { expect } from 'chai'
import { leastCosine, meaningClauses } from '../../../../server/search/meaning/joining.ts'
import { wordsAreInCharge } from '../../../../server/search/meaning/wordsInCharge.ts'
import type { TextQuery } from '../../../../server/search/searchEngine.ts'

const near = (id: string, cosine: number) => ({ id, cosine, passage: { from: 0, to: 0 } })

describe('joining what is found by meaning with what is found by words', () => {
  it('gives the nearest as much as the best score by words, the others in proportion, and none nothing', () => {
    const middle = (0.9 + leastCosine) / 2
    const clauses = meaningClauses([near('a', 0.9), near('b', middle), near('c', leastCosine)], 12)
    expect(clauses.map(({ value }) => value)).to.deep.equal(['a', 'b', 'c'])
    expect(clauses[0]?.score).to.equal(12)
    expect(clauses[1]?.score).to.be.closeTo(6, 1e-9)
    expect(clauses[2]?.score).to.be.greaterThan(0)
  })

  it('ranks by meaning alone where words find nothing', () => {
    expect(meaningClauses([near('a', 0.5)], 0)).to.deep.equal([{ field: 'id', value: 'a', score: 1 }])
    expect(meaningClauses([near('a', leastCosine)], 0)[0]?.score).to.equal(1)
    expect(meaningClauses([], 5)).to.deep.equal([])
  })
})

describe('words are in charge', () => {
  const asked = (typed: string, given: Partial<TextQuery> = {}) => ({
    text: { words: typed.split(' ').filter(word => word !== ''), phrases: [], excluded: [], ...given },
    recognised: [],
  })
  const author = (certainty: number) => [{ field: 'author', name: { id: '1', slug: 'udo', label: 'Udo Pooch', certainty } }]

  for (const [what, question] of Object.entries({
    'a single word': asked('backup'),
    'a single word among words that only frame it': asked('how do we backup'),
    filters: asked(''),
    'a phrase': asked('cloud costs', { phrases: ['reserved instances'] }),
    alternatives: asked('cloud costs', { alternatives: [['azure', 'aws']] }),
    'a code of letters and digits': asked('install KB5021'),
    'a code of capitals': asked('SFTP certificate'),
    'the name of somebody': { ...asked('udo pooch compilers'), recognised: author(1) },
  }))
    it(`of ${what}`, () => expect(wordsAreInCharge(question)).to.equal(true))

  for (const [what, question] of Object.entries({
    'two words': asked('cloud machines'),
    'a question': asked('how do we move machines to the cloud'),
    'a question with a code among other things': asked('renew the certificate of the old SFTP server'),
    'words that may be a name': { ...asked('udo compilers'), recognised: author(0.5) },
  }))
    it(`not of ${what}`, () => expect(wordsAreInCharge(question)).to.equal(false))
})
