import { expect } from 'chai'
import { encodable, mostPassages, passagesOf } from '../../../../server/search/meaning/passages.ts'

const cut = (text: string) => passagesOf(text).map(({ from, to }) => text.slice(from, to))

describe('passages of a text', () => {
  it('are the whole of a short one, without the white space around it', () => {
    expect(cut('  Backups run at night.\n')).to.deep.equal(['Backups run at night.'])
    expect(passagesOf('')).to.deep.equal([{ from: 0, to: 0 }])
    expect(passagesOf(' \n\t ')).to.deep.equal([{ from: 0, to: 0 }])
  })

  it('end with a paragraph where one ends late enough, else with a sentence, and begin again with a sentence before the cut', () => {
    const sentence = 'Every sentence of this text says the same as the others. '
    const paragraph = sentence.repeat(12).trim()
    const [first] = cut(`${paragraph}\n${paragraph}`)
    expect(first).to.equal(paragraph)
    const passages = cut(sentence.repeat(60))
    for (const passage of passages) expect(passage).to.match(/^Every .* others\.$/s)
    expect(passages.map(({ length }) => length).every(length => length <= 900)).to.equal(true)
    expect(passages.join('').length, 'they overlap').to.be.greaterThan(sentence.length * 60)
  })

  it('hold every word of the text', () => {
    const words = Array.from({ length: 3_000 }, (_, n) => `word${n}${n % 17 === 0 ? '.' : ''}${n % 101 === 0 ? '\n' : ''}`)
    const held = new Set(cut(words.join(' ')).flatMap(passage => passage.split(/\s+/)))
    for (const word of words) expect(held.has(word.trim()), word).to.equal(true)
  })

  it('are few and whole of ten megabytes, of one endless word, and of nothing but emoji', () => {
    for (const text of ['Words and words. '.repeat(600_000), 'x'.repeat(10_000_000), '🦊'.repeat(100_000), '\n'.repeat(1_000_000)]) {
      const { text: kept } = encodable({ title: text, text })
      const passages = passagesOf(kept)
      expect(passages).to.have.lengthOf.within(1, mostPassages)
      for (const { from, to } of passages) expect(kept.slice(from, to).isWellFormed()).to.equal(true)
    }
  })
})
