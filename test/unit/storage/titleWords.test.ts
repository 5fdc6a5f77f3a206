import { expect } from 'chai'
import { plainWords, spellingOf, titleWords } from '../../../server/storage/titleWords.ts'

describe('the words of a text', () => {
  for (const [text, words] of [
    ['Moving Servers, moving PEOPLE', ['moving', 'servers', 'moving', 'people']],
    ['Café CAFÉ cafe\u0301', ['cafe', 'cafe', 'cafe']],
    ["O'Brien-Smith's 2nd e-mail", ['o', 'brien', 'smith', 's', '2nd', 'e', 'mail']],
    ['ﬁbre ②', ['fibre', '2']],
    ['Ελλάδα 日本', ['ελλαδα', '日本']],
    [' \t\n', []],
    ['?!', []],
  ] as const) {
    it(`of “${text.trim()}” are in one spelling, in order`, () => {
      expect(plainWords(text)).to.deep.equal(words)
    })
  }

  it('are kept once each, and at most 40, of a title', () => {
    expect(titleWords('One two ONE')).to.deep.equal(['one', 'two'])
    expect(titleWords(Array.from({ length: 100 }, (_, at) => `w${at}`).join(' '))).to.have.length(40)
  })

  it('are the same spelling of a name, where signs that tell names apart count', () => {
    expect(spellingOf('VMware (ESX)')).to.equal(spellingOf('vmware esx'))
    expect(new Set(['C', 'C++', 'C#', 'F#'].map(spellingOf)).size).to.equal(4)
  })
})
