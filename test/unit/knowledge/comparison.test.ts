import { expect } from 'chai'
import { compareTexts } from '../../../server/knowledge/revisions/comparison.ts'

const shown = (before: string, after: string) =>
  compareTexts(before, after).map(row => {
    if ('skipped' in row) return `${row.skipped} skipped`
    const side = (parts: typeof row.before) => parts?.map(({ text, isMarked }) => (isMarked ? `[${text}]` : text)).join('') ?? '-'
    return `${side(row.before)} | ${side(row.after)}`
  })

describe('two texts beside each other', () => {
  it('have the words marked that differ', () => {
    expect(shown('The old host.', 'The new host.')).to.deep.equal(['The [old] host. | The [new] host.'])
  })

  it('have lines that only one has beside nothing', () => {
    expect(shown('a\nc', 'a\nb\nc')).to.deep.equal(['a | a', '- | [b]', 'c | c'])
    expect(shown('a\nb\nc', 'a\nc')).to.deep.equal(['a | a', '[b] | -', 'c | c'])
  })

  it('leave out what is the same far from a change', () => {
    const lines = Array.from({ length: 50 }, (_, at) => `line ${at}`)
    const rows = shown(lines.join('\n'), [...lines, 'more'].join('\n'))
    expect(rows).to.deep.equal(['48 skipped', 'line 48 | line 48', 'line 49 | line 49', '- | [more]'])
    expect(shown('same', 'same')).to.deep.equal(['same | same'])
  })

  it('lose nothing, however many there are', () => {
    const words = (seed: number) => Array.from({ length: 400 }, (_, at) => `w${(at * seed) % 37} x${(at * at * seed) % 11}`).join('\n')
    const [before, after] = [words(3), words(5)]
    const rows = compareTexts(before, after).filter(row => !('skipped' in row)) as {
      before?: { text: string }[]
      after?: { text: string }[]
    }[]
    const said = (side: 'before' | 'after') =>
      rows.flatMap(row => (row[side] === undefined ? [] : [row[side].map(({ text }) => text).join('')]))
    const skipped = compareTexts(before, after).reduce((sum, row) => sum + ('skipped' in row ? row.skipped : 0), 0)
    expect(said('before').length + skipped).to.equal(before.split('\n').length)
    expect(said('after').length + skipped).to.equal(after.split('\n').length)
  })
})
