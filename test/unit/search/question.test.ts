import { expect } from 'chai'
import { asWords, takeApart, typedText } from '../../../server/search/question.ts'

const nothing = { words: [], phrases: [], excluded: [], fields: [], hints: [] }

describe('a question as typed', () => {
  const cases: [typed: string, parts: object][] = [
    ['', {}],
    ['   ', {}],
    ['data centre', { words: ['data', 'centre'] }],
    ['vmware vmware', { words: ['vmware', 'vmware'] }],
    ['"data centre" cooling', { words: ['cooling'], phrases: ['data centre'] }],
    ['"data centre""fire wall"', { phrases: ['data centre', 'fire wall'] }],
    ['""', {}],
    ['storage -tape', { words: ['storage'], excluded: ['tape'] }],
    ['storage -"magnetic tape"', { words: ['storage'], excluded: ['magnetic tape'] }],
    ['-tape', { excluded: ['tape'] }],
    ['e-mail', { words: ['e-mail'] }],
    ['- tape', { words: ['tape'] }],
    ['-', {}],
    ['skill:vmware', { fields: [{ field: 'skill', value: 'vmware' }] }],
    ['Skill:VMware', { fields: [{ field: 'skill', value: 'VMware' }] }],
    ['skill:"data centre" cooling', { words: ['cooling'], fields: [{ field: 'skill', value: 'data centre' }] }],
    [
      'skill:a skill:b',
      {
        fields: [
          { field: 'skill', value: 'a' },
          { field: 'skill', value: 'b' },
        ],
      },
    ],
    ['skill: vmware', { words: ['skill:', 'vmware'] }],
    ['http://example.org/a', { words: ['http://example.org/a'] }],
    ['10:30', { words: ['10:30'] }],
    ['c:temp', { words: ['c:temp'] }],
    ['(storage OR tape)', { words: ['(storage', 'OR', 'tape)'] }],
    ['storage\u0000tape\uE000disk', { words: ['storage', 'tape', 'disk'] }],
  ]
  for (const [typed, parts] of cases) {
    it(`is taken apart: ${JSON.stringify(typed)}`, () => expect(takeApart(typed)).to.deep.equal({ ...nothing, ...parts }))
  }

  it('loses the quotation mark that has no partner, and says so', () => {
    const { words, phrases, hints } = takeApart('"data centre" 19" rack')
    expect({ words, phrases }).to.deep.equal({ words: ['19', 'rack'], phrases: ['data centre'] })
    expect(hints).to.have.length(1)
    expect(hints[0]).to.include('quotation mark')
  })

  it('reads as prose from 15 words on: quotation marks, hyphens and colons are no commands', () => {
    const prose = 'We moved the "old" data centre -finally- and note: our firewall needs somebody who knows it well'
    const { words, ...rest } = takeApart(prose)
    expect(words).to.deep.equal(prose.replaceAll('"', ' ').split(/\s+/))
    expect(rest).to.deep.equal({ phrases: [], excluded: [], fields: [], hints: [] })
    expect(takeApart('the "old" one -tape').phrases, 'twin: a short one').to.deep.equal(['old'])
  })

  it('is cut at 200 words and at 2,000 characters, and says so', () => {
    const many = takeApart('ab '.repeat(300))
    expect(many.words).to.have.length(200)
    expect(many.hints).to.deep.equal(['Only the first 200 words were searched.'])
    const long = takeApart('x'.repeat(10_000))
    expect(long.words).to.deep.equal(['x'.repeat(2_000)])
    expect(long.hints).to.deep.equal(['Only the first 2,000 characters were searched.'])
    expect(takeApart('x'.repeat(2_000)).hints, 'twin: just short enough').to.deep.equal([])
  })

  it('can be typed again from its parts', () => {
    for (const typed of ['data centre', 'cooling "data centre"', 'storage "old tapes" -disk -"hard disk"', '-tape'])
      expect(typedText(takeApart(typed))).to.equal(typed)
    expect(asWords({ field: 'note', value: 'this' })).to.equal('note:this')
  })
})
