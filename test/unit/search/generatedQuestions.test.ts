import { expect } from 'chai'
import { takeApart, textQueryOf, typedText, withoutPart } from '../../../server/search/question/question.ts'
import type { TextQuery } from '../../../server/search/searchEngine.ts'
import { plainWords } from '../../../server/storage/titleWords.ts'

const fragments = [
  ...['storage', 'Tape', 'data', 'centre', 'VMware', 'OR', 'or', 'AND', 'NOT', 'e-mail', 'node.js', "O'Brien", 'C++', '19"', '3'],
  ...['"', '""', '"data centre"', '"old', 'tapes"', '(', ')', '((', ')))', '-', '--', '-(', '-"', '-tape', '-kind:how-to'],
  ...[
    'skill:vmware',
    'skill:"data centre"',
    'skill:',
    ':',
    '::',
    'organisation:cheshire',
    'level>=expert',
    'level <',
    '>=',
    'level:',
    'after:2025-03',
    'before:',
  ],
  ...[
    'http://a.b/c',
    '*',
    '?',
    '~2',
    '^9',
    '/.*/',
    '[a TO b]',
    '{',
    '}',
    '\\',
    '&&',
    '||',
    '!',
    '+storage',
    'NEAR(a, 5)',
    'title:*',
    '<b>',
  ],
  ...['\u0000', '\u0007', '\uD800', '\uE000', '\uFFFF', '\u200B', '\u200D', '\u00AD', '\uFEFF', '\u202E', '\u2067', '\u0301'],
  ...[
    'قاعدة',
    'בסיס',
    '数据库',
    'ДАННЫЕ',
    'ﬁre',
    'm²',
    '\u{1F525}',
    '\u{1F469}\u200D\u{1F692}',
    '\u{10FFFF}',
    'x'.repeat(300),
    '__proto__:x',
  ],
]

/** The same numbers in every run: a linear congruential generator. */
function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    yield state
  }
}

function generated(count: number): string[] {
  const source = numbers(2_026)
  const below = (limit: number) => source.next().value % limit
  return Array.from({ length: count }, () =>
    Array.from({ length: below(14) }, () => `${fragments[below(fragments.length)]}${below(4) === 0 ? '' : ' '}`).join(''),
  )
}

const inOneSpelling = ({ words, phrases, alternatives = [], excluded }: TextQuery) => ({
  words: plainWords(words.join(' ')),
  phrases: phrases.map(plainWords),
  alternatives: alternatives.map(row => row.map(plainWords)),
  excluded: excluded.map(plainWords),
})

describe('any question', () => {
  const questions = generated(Number(process.env.GENERATED_QUESTIONS ?? 3_000))

  it('is taken apart without failing, into parts that say something', () => {
    for (const typed of questions) {
      const { words, phrases, alternatives, excluded, fields, hints } = takeApart(typed)
      const values = [
        ...words,
        ...phrases,
        ...alternatives.flat(),
        ...excluded.map(({ value }) => value),
        ...fields.flatMap(({ values }) => values),
      ]
      expect(
        values.filter(value => value.trim() === '' || value.includes('"')),
        JSON.stringify(typed),
      ).to.deep.equal([])
      expect(
        alternatives.filter(row => row.length < 2),
        JSON.stringify(typed),
      ).to.deep.equal([])
      expect(hints.length).to.be.below(3)
    }
  })

  it('loses no word', () => {
    for (const typed of questions) {
      const { words, phrases, alternatives, excluded, fields } = takeApart(typed)
      const named = fields.flatMap(({ field, values }) => [field, ...values])
      const kept = new Set(
        plainWords([...words, ...phrases, ...alternatives.flat(), ...excluded.map(({ value }) => value), ...named].join(' ')),
      )
      const asked = plainWords(
        typed.replace(/[\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/g, '').replace(/\p{Cc}|\p{Co}/gu, ' '),
      )
      expect(
        asked.filter(word => word !== 'or' && !kept.has(word)),
        JSON.stringify(typed),
      ).to.deep.equal([])
    }
  })

  it('asks the same again when its words are typed from what was understood', () => {
    for (const typed of questions) {
      const text = textQueryOf(takeApart(typed))
      const again = textQueryOf(takeApart(typedText(text)))
      expect(inOneSpelling(again), JSON.stringify(typed)).to.deep.equal(inOneSpelling(text))
    }
  })

  it('has one narrowing less when one is taken off', () => {
    const narrowed = questions.filter(typed => takeApart(typed).fields.length > 0)
    expect(narrowed.length).to.be.above(questions.length / 20)
    for (const typed of narrowed) {
      const { fields, hints } = takeApart(typed)
      for (const part of fields) {
        const left = takeApart(withoutPart(typed, part))
        if (hints.length + left.hints.length === 0) expect(left.fields, JSON.stringify(typed)).to.have.length(fields.length - 1)
      }
    }
  })
})
