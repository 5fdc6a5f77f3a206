import { expect } from 'chai'
import { takeApart, textQueryOf, typedText, withoutPart } from '../../../server/search/question/question.ts'

const nothing = { words: [], phrases: [], alternatives: [], excluded: [], fields: [], hints: [] }

/** Without where things stand. */
function parts(typed: string) {
  const { fields, excluded, ...rest } = takeApart(typed)
  const named = fields.map(
    ({ field, comparison, values, isExcluded }) => `${isExcluded ? '-' : ''}${field}${comparison}${values.join('|')}`,
  )
  return { ...rest, fields: named, excluded: excluded.map(({ value }) => value) }
}

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
    ['skill:vmware', { fields: ['skill:vmware'] }],
    ['Skill:VMware', { fields: ['skill:VMware'] }],
    ['skill:"data centre" cooling', { words: ['cooling'], fields: ['skill:data centre'] }],
    ['skill:a skill:b', { fields: ['skill:a', 'skill:b'] }],
    ['-kind:how-to -tape', { fields: ['-kind:how-to'], excluded: ['tape'] }],
    ['level>=practitioner', { fields: ['level>=practitioner'] }],
    ['level<expert', { fields: ['level<expert'] }],
    ['after:2025-03', { fields: ['after:2025-03'] }],
    ['skill: vmware', { words: ['skill:', 'vmware'] }],
    ['http://example.org/a', { words: ['http://example.org/a'] }],
    ['10:30', { words: ['10:30'] }],
    ['c:temp', { words: ['c:temp'] }],
    ['storage\u0000tape\uE000disk', { words: ['storage', 'tape', 'disk'] }],
    ['vm\u200Bware soft\u00ADware', { words: ['vmware', 'software'] }],
    ['\uFEFFskill:vmware\u200E', { fields: ['skill:vmware'] }],
    ['\u202E-tape', { excluded: ['tape'] }],
    // Rows
    ['storage OR tape', { words: ['storage', 'tape'] }],
    ['(storage OR tape)', { words: ['storage', 'tape'] }],
    ['storage or tape', { words: ['storage', 'or', 'tape'] }],
    ['backup storage OR tape', { words: ['backup'], alternatives: [['storage', 'tape']] }],
    ['"data centre" OR "server room" cooling', { words: ['cooling'], alternatives: [['data centre', 'server room']] }],
    ['a1 OR b1 OR c1 "d e"', { phrases: ['d e'], alternatives: [['a1', 'b1', 'c1']] }],
    [
      '(a1 OR b1) (c1 OR d1)',
      {
        alternatives: [
          ['a1', 'b1'],
          ['c1', 'd1'],
        ],
      },
    ],
    ['kind:how-to OR kind:architecture', { fields: ['kind:how-to|architecture'] }],
    ['storage -(tape OR "hard disk")', { words: ['storage'], excluded: ['tape', 'hard disk'] }],
    ['storage -(tape disk)', { words: ['storage'], excluded: ['tape', 'disk'] }],
    ['SAN OR NAS DISKS', { words: ['SAN', 'NAS', 'DISKS'] }],
    ['(CRM) data', { words: ['CRM', 'data'] }],
    ['f(x) data', { words: ['f(x)', 'data'] }],
  ]
  for (const [typed, expected] of cases) {
    it(`is taken apart: ${JSON.stringify(typed)}`, () => expect(parts(typed)).to.deep.equal({ ...nothing, ...expected }))
  }

  it('is searched as plain words, with a hint, when OR cannot be read', () => {
    const unreadable: [typed: string, words: string[]][] = [
      ['storage OR', ['storage']],
      ['OR storage', ['storage']],
      ['storage OR OR tape', ['storage', 'tape']],
      ['skill:vmware OR firewall', ['skill', 'vmware', 'firewall']],
      ['skill:vmware OR kind:how-to', ['skill', 'vmware', 'kind', 'how-to']],
      ['storage OR -tape', ['storage', 'tape']],
      ['(data centre) OR (server room)', ['data', 'centre', 'server', 'room']],
      ['level>=expert OR level<working', ['level', 'expert', 'level', 'working']],
    ]
    for (const [typed, words] of unreadable) {
      const { hints, ...rest } = parts(typed)
      expect(rest, typed).to.deep.equal({ words, phrases: [], alternatives: [], excluded: [], fields: [] })
      expect(hints, typed).to.have.length(1)
      expect(hints[0]).to.include('plain words')
    }
  })

  it('says where its narrowings stand, so that each can be taken off', () => {
    const typed = 'backup skill:"data centre" -tape kind:how-to OR kind:architecture after:2025'
    const { fields, excluded } = takeApart(typed)
    const [skill, kinds, after] = fields.map(part => withoutPart(typed, part))
    expect(skill).to.equal('backup -tape kind:how-to OR kind:architecture after:2025')
    expect(kinds).to.equal('backup skill:"data centre" -tape after:2025')
    expect(after).to.equal('backup skill:"data centre" -tape kind:how-to OR kind:architecture')
    expect(excluded.map(part => withoutPart(typed, part))).to.deep.equal([
      'backup skill:"data centre" kind:how-to OR kind:architecture after:2025',
    ])
  })

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
    expect(rest).to.deep.equal({ phrases: [], alternatives: [], excluded: [], fields: [], hints: [] })
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
    for (const typed of [
      'data centre',
      'cooling "data centre"',
      'storage "old tapes" -disk -"hard disk"',
      '-tape',
      'cooling "data centre" OR room',
    ])
      expect(typedText(textQueryOf(takeApart(typed)))).to.equal(typed)
    const unknown = [
      { text: 'note:this', isExcluded: false },
      { text: 'colour:red', isExcluded: true },
    ]
    expect(typedText(textQueryOf(takeApart('storage'), unknown)), 'what is no field').to.equal('storage note:this -"colour:red"')
  })
})
