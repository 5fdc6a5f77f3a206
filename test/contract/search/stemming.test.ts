import { expect } from 'chai'
import type { SearchEngine } from '../../../server/search/searchEngine.ts'
import { engines } from './engines.ts'
import { englishWords } from './englishWords.ts'
import { knownStems } from './knownStems.ts'
import { aDocument, onEveryEngine, words } from './searching.ts'
import { stemmingDifferences } from './stemmingDifferences.ts'

/** Stands between words, so that what one word is cut into can be told from the next. */
const between = 'zzz'
const atOnce = 500

async function stemOfEach(engine: SearchEngine, all: readonly string[]): Promise<Map<string, string>> {
  const stems: string[] = []
  for (let from = 0; from < all.length; from += atOnce) {
    const kept = (await engine.stems(all.slice(from, from + atOnce).join(` ${between} `))).join(' ')
    stems.push(...kept.split(between).map(stem => stem.trim()))
  }
  expect(stems).to.have.length(all.length)
  return new Map(all.map((word, position) => [word, stems[position] ?? '']))
}

onEveryEngine('stems', ({ engine, indexOf }) => {
  it('are Porter’s', async () => {
    const stems = await stemOfEach(engine(), Object.keys(knownStems))
    expect(Object.fromEntries(stems)).to.deep.equal(knownStems)
  })

  it('come in order, repeated, and with the words that only frame a sentence', async () => {
    expect(await engine().stems('The councils’ use of the Council')).to.deep.equal(['the', 'council', 'us', 'of', 'the', 'council'])
    expect(await engine().stems("Node.js isn't O'Brien's, e-mail_me@10.1")).to.deep.equal(
      'node js isn t o brien s e mail me 10 1'.split(' '),
    )
    expect(await engine().stems('')).to.deep.equal([])
    expect(await engine().stems(' *:" ')).to.deep.equal([])
  })

  it('are what a search goes by: a word finds another exactly when their stems are the same', async () => {
    const some = [
      'organisation',
      'organise',
      'organ',
      'general',
      'generation',
      'generic',
      'universal',
      'university',
      'policies',
      'police',
      'policy',
      'being',
    ]
    const index = await indexOf(some.map(word => aDocument(word, { body: word })))
    const stems = await stemOfEach(engine(), some)
    for (const word of some) {
      const alike = some.filter(other => stems.get(other) === stems.get(word)).sort()
      expect(await index.ids({ text: words(word) }), word).to.deep.equal(alike)
    }
    expect(new Set(stems.values()).size, 'some are the same, and some are not').to.be.within(4, some.length - 3)
  })
})

describe('stems of 10,000 words', () => {
  it('are 10,000 words, the same each time', () => {
    expect(new Set(englishWords()).size).to.equal(10_000)
    expect(englishWords()).to.deep.equal(englishWords())
  })

  it('are alike in both engines, but for the listed ones', async function () {
    if (engines.length < 2) return this.skip()
    const kept: Record<string, Map<string, string>> = {}
    for (const tested of engines) {
      const { engine, close } = await tested.open()
      kept[engine.name] = await stemOfEach(engine, englishWords())
      await close()
    }
    const pairs = englishWords().map(
      word => [word, { embedded: kept.embedded?.get(word), elasticsearch: kept.elasticsearch?.get(word) }] as const,
    )
    const differences = pairs.filter(([, { embedded, elasticsearch }]) => embedded !== elasticsearch)
    expect(Object.fromEntries(differences)).to.deep.equal(stemmingDifferences)
  })
})
