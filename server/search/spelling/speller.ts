import type { Reader } from '../../access/accessTokens.ts'
import { Unavailable } from '../../failures.ts'
import { plainWords } from '../../storage/titleWords.ts'
import { recogniseAll, type Understanding } from '../question/understanding.ts'
import type { Rewording } from '../rewording.ts'
import type { SearchEngine } from '../searchEngine.ts'
import type { NameDirectory } from '../searchType.ts'
import { nearest } from './editDistance.ts'
import { respelled, type WrittenWords } from './respelling.ts'

const mostNear = 3

interface Collaborators {
  engine: Pick<SearchEngine, 'occurring' | 'wordsNear'>
  /** Of every type, whichever is asked for: what somebody wrote about counts for people too. */
  aliases: readonly string[]
  names: readonly NameDirectory[]
  /** What these know is no mistake, even where nobody wrote it. */
  rewordings: readonly Rewording[]
}

/** Spellings and typing mistakes of a question, by what the person asking may see: in documents, and in names of skills and organisations. */
export class Speller {
  private readonly engine: Collaborators['engine']
  private readonly aliases: readonly string[]
  private readonly names: readonly NameDirectory[]
  private readonly rewordings: readonly Rewording[]

  constructor({ engine, aliases, names, rewordings }: Collaborators) {
    this.engine = engine
    this.aliases = aliases
    this.names = names
    this.rewordings = rewordings
  }

  /** The question in words that are written somewhere; undefined when it is already, or while the engine does not answer. */
  async respell(understanding: Understanding, reader: Reader): Promise<Understanding | undefined> {
    const { text } = understanding
    try {
      const found = await respelled(plainWords(text.words.join(' ')), this.writtenFor(reader))
      if (found === undefined) return undefined
      const synonyms = [...(text.synonyms ?? []), ...found.synonyms]
      const said = [...text.words, ...text.phrases, ...(text.alternatives ?? []).flat()].join(' ')
      // An empty word is in no name, so none reaches from one wording into the next.
      const wordings = [said, found.words.join(' '), ...synonyms.map(({ phrase }) => phrase)]
      const recognised = await recogniseAll(
        this.names,
        wordings.flatMap(wording => [...plainWords(wording), '']),
        reader,
      )
      return { ...understanding, text: { ...text, words: found.words, synonyms }, recognised, corrected: found.corrected }
    } catch (error) {
      if (error instanceof Unavailable) return undefined
      throw error
    }
  }

  private writtenFor(reader: Reader): WrittenWords {
    const asked = { aliases: this.aliases, readers: reader.tokens }
    let labels: Promise<string> | undefined
    const named = () => {
      labels ??= this.labels(reader)
      return labels
    }
    return {
      occurring: phrases => this.engine.occurring({ ...asked, phrases }),
      named: async phrases => {
        const names = await named()
        const known = await Promise.all(phrases.map(async phrase => names.includes(` ${phrase} `) || (await this.isReworded(phrase))))
        return phrases.filter((_, position) => known[position])
      },
      near: async (word, edits) => {
        const written = await this.engine.wordsNear({ ...asked, word, edits, most: mostNear })
        const words = new Set([...written, ...(await named()).split(/\s+/)].filter(({ length }) => length >= 4))
        return nearest(word, words, edits, mostNear)
      },
    }
  }

  private async isReworded(phrase: string): Promise<boolean> {
    const found = await Promise.all(this.rewordings.map(rewording => rewording(phrase.split(' '))))
    return found.flat().some(({ standsFor }) => standsFor === phrase.split(' ').length)
  }

  /** All names in plain words, each with spaces around its words, on a line of its own. */
  private async labels(reader: Reader): Promise<string> {
    const labels = await Promise.all(this.names.map(directory => directory.labels?.(reader) ?? []))
    return labels.flat().reduce((all, label) => `${all} ${plainWords(label).join(' ')} \n`, '')
  }
}
