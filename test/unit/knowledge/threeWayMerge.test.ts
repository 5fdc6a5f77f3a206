import { expect } from 'chai'
import { isSettled, marksProblem, mergedText } from '../../../server/knowledge/merging/conflictMarks.ts'
import { mergeTexts, type Passage } from '../../../server/knowledge/merging/threeWayMerge.ts'
import { seededRandom } from '../../support/seededRandom.ts'

type Merge = (base: string, mine: string, theirs: string) => Passage[]

const pairs = 2_000
const common = ['', '', '- a step', '```']

/** The same edits at each run: inserted, changed, deleted and doubled lines, some of them equal to others. */
function edited(base: readonly string[], side: string, random: () => number): string[] {
  const fresh = () => (random() < 0.7 ? `${side} ${Math.floor(random() * 1e9)}` : (common[Math.floor(random() * common.length)] ?? ''))
  return base.flatMap(line => {
    const dice = random()
    if (dice < 0.08) return []
    if (dice < 0.16) return [fresh()]
    if (dice < 0.24) return [line, fresh()]
    return dice < 0.27 ? [line, line] : [line]
  })
}

const counted = (lines: readonly string[]) => {
  const counts = new Map<string, number>()
  for (const line of lines) counts.set(line, (counts.get(line) ?? 0) + 1)
  return (line: string) => counts.get(line) ?? 0
}

/** What of the two sides is not in the result, and what is that one took out and the other left alone. */
function wrongIn(passages: Passage[], base: string[], mine: string[], theirs: string[]): string[] {
  const all = counted(passages.flatMap(part => ('agreed' in part ? part.agreed : [...part.mine, ...part.theirs])))
  const agreed = counted(passages.flatMap(part => ('agreed' in part ? part.agreed : [])))
  const [before, own, other] = [counted(base), counted(mine), counted(theirs)]
  const lost = [...new Set([...mine, ...theirs])].filter(line => all(line) < Math.max(own(line), other(line)) - before(line))
  const gone = base.filter(line => before(line) === 1 && own(line) + other(line) === 2 && all(line) === 0)
  const back = base.filter(line => line.startsWith('line ') && before(line) === 1 && own(line) + other(line) === 1 && agreed(line) > 0)
  return [...lost, ...gone, ...back]
}

function wrongPairs(merge: Merge): number {
  const random = seededRandom(7)
  let wrong = 0
  for (let pair = 0; pair < pairs; pair++) {
    const base = Array.from({ length: Math.floor(random() * 30) + 1 }, (_, at) =>
      random() < 0.3 ? (common[at % common.length] ?? '') : `line ${at}`,
    )
    const [mine, theirs] = [edited(base, 'mine', random), edited(base, 'theirs', random)]
    if (wrongIn(merge(base.join('\n'), mine.join('\n'), theirs.join('\n')), base, split(mine), split(theirs)).length > 0) wrong++
  }
  return wrong
}

const split = (lines: string[]) => lines.join('\n').split('\n')

describe('two texts made of one', () => {
  it(`lose no line that either added, and keep none that either took out, in ${pairs} pairs`, () => {
    expect(wrongPairs(mergeTexts)).to.equal(0)
  })

  it('would lose lines without theirs, or without what they began with (twins)', () => {
    expect(wrongPairs((_base, mine) => [{ agreed: mine.split('\n') }])).to.be.greaterThan(pairs / 2)
    expect(wrongPairs((_base, mine, theirs) => mergeTexts(undefined, mine, theirs))).to.be.greaterThan(pairs / 2)
  })

  it('go together where they changed different places', () => {
    const merged = mergeTexts('a\nb\nc\nd\ne', 'a\nB\nc\nd\ne', 'a\nb\nc\nd\nE\nf')
    expect(isSettled(merged)).to.equal(true)
    expect(mergedText(merged, 'Ann Lee saved at 10:14')).to.equal('a\nB\nc\nd\nE\nf')
  })

  it('both stand between marks where they changed the same place, and the marks are seen', () => {
    const merged = mergeTexts('a\nb\nc', 'a\nmine\nc', 'a\ntheirs\nc')
    const text = mergedText(merged, 'Ann Lee saved at 10:14')
    expect(text).to.equal('a\n<<<<<<< You typed:\nmine\n======= Ann Lee saved at 10:14:\ntheirs\n>>>>>>> Both passages end here\nc')
    expect(marksProblem(text)).to.match(/^Line 2 /)
    for (const line of text.split('\n').filter(line => /^[<=>]{7}/.test(line))) expect(marksProblem(line)).to.match(/^Line 1 /)
  })

  it('say the same once, and know an empty line from none', () => {
    expect(mergeTexts('a\n\nb', 'a\n\nb', 'a\nb')).to.deep.equal([{ agreed: ['a'] }, { agreed: ['b'] }])
    expect(mergeTexts('a\nb', 'a\nB', 'a\nB')).to.deep.equal([{ agreed: ['a'] }, { agreed: ['B'] }])
  })

  it('lose nothing when nobody kept what they began with', () => {
    expect(mergeTexts(undefined, 'a\nmine', 'a\ntheirs')).to.deep.equal([{ agreed: ['a'] }, { mine: ['mine'], theirs: ['theirs'] }])
  })

  it('takes what looks like marks, and is none, as text', () => {
    for (const text of ['Heading\n=======', '<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> branch', '> quoted'])
      expect(marksProblem(text)).to.equal(undefined)
  })

  it('answers for texts that have nothing in common, and for thousands of equal lines', () => {
    const many = (line: (at: number) => string) => Array.from({ length: 20_000 }, (_, at) => line(at)).join('\n')
    const [base, mine, theirs] = [many(at => `b${at}`), many(at => `m${at}`), many(at => `t${at}`)]
    expect(mergedText(mergeTexts(base, mine, theirs), 'x saved y'))
      .to.include('m19999')
      .and.include('t19999')
    const [start, blank] = ['start\n', many(() => '')]
    expect(isSettled(mergeTexts(`${start}${blank}\nend`, `${start}${blank}\nmine`, `theirs\n${blank}\nend`))).to.equal(true)
  })
})
