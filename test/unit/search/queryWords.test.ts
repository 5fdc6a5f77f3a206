import { expect } from 'chai'
import { plainPhrases, queryWords, wordPairs } from '../../../server/search/question/queryWords.ts'
import { plainWords } from '../../../server/storage/titleWords.ts'

describe('the words that are searched', () => {
  it('are in one spelling, in order, as often as asked', () => {
    expect(queryWords(['VMware', 'Café', 'vmware'])).to.deep.equal(['vmware', 'cafe', 'vmware'])
    expect(queryWords(['node.js', "O'Brien", 'x_ray'])).to.deep.equal(['node', 'js', 'brien', 'ray'])
  })

  it('leave out the wordy part and lone letters, but no lone digits', () => {
    expect(queryWords('who knows about the firewall and level 3 of plan b'.split(' '))).to.deep.equal(['firewall', 'level', '3', 'plan'])
  })

  it('keep the wordy part when there is nothing else', () => {
    expect(queryWords(['who', 'is', 'who'])).to.deep.equal(['who', 'is', 'who'])
    expect(queryWords(['C'])).to.deep.equal(['c'])
  })

  it('are none where there is no word', () => {
    for (const words of [[], [''], ['***', ':'], ['\u0000', '\uD800', '\u{1F525}']]) expect(queryWords(words)).to.deep.equal([])
  })

  it('go in pairs of different neighbours, at most 40', () => {
    expect(wordPairs(['a', 'b', 'b', 'c'])).to.deep.equal([
      ['a', 'b'],
      ['b', 'c'],
    ])
    expect(wordPairs(['a'])).to.deep.equal([])
    expect(wordPairs(Array.from({ length: 100 }, (_, n) => `w${n}`))).to.have.length(40)
  })

  it('make phrases in the same spelling; those without a word are none', () => {
    expect(plainPhrases(['Data-Centre', '***', 'The End', ''])).to.deep.equal(['data centre', 'the end'])
  })
})

describe('plain words', () => {
  it('are small, without accents, other spellings of letters, and signs', () => {
    expect(plainWords('Ångström CAFE\u0301 ﬁre m² VMware™ 10€ ½')).to.deep.equal([
      'angstrom',
      'cafe',
      'fire',
      'm2',
      'vmware',
      '10',
      '1',
      '2',
    ])
    expect(plainWords('日本語 Ωmega Łódź')).to.deep.equal(['日本語', 'ωmega', 'łodz'])
    expect(plainWords('')).to.deep.equal([])
  })
})
