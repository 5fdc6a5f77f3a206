import {
  type EncodedPassage,
  type Encoder,
  EncoderAway,
  type PassageText,
  type Vector,
  vectorOf,
} from '../../server/search/meaning/encoder.ts'
import { encodable, passagesOf, readPassage } from '../../server/search/meaning/passages.ts'
import { questionWords } from '../../server/search/question/questionWords.ts'
import { plainWords } from '../../server/storage/titleWords.ts'

const meanings: readonly (readonly string[])[] = [
  ['cloud', 'azure'],
  ['machines', 'workload', 'servers'],
  ['moving', 'migration'],
  ['backup', 'recovery'],
]

/**
 * An encoder without a model: each word points in a direction of its own, those that mean the same in the same one, and a text where its words do
 * together.
 */
export class WordEncoder implements Encoder {
  readonly model: string
  readonly dimensions = 256
  /** Whether the model has stopped answering. */
  isAway = false
  /** How many passages were encoded. */
  encoded = 0

  constructor(model = 'words') {
    this.model = model
  }

  get problem(): string | undefined {
    return this.isAway ? 'it has stopped' : undefined
  }

  async encodePassages(whole: PassageText): Promise<EncodedPassage[]> {
    const text = encodable(whole)
    const passages = passagesOf(text.text).map(passage => ({ ...passage, vector: this.vector(readPassage(text, passage)) }))
    this.encoded += passages.length
    return passages
  }

  async encodeQuestion(text: string): Promise<Vector> {
    return this.vector(text)
  }

  async close(): Promise<void> {}

  vector(text: string): Vector {
    if (this.isAway) throw new EncoderAway('it has stopped')
    const sum = new Float64Array(this.dimensions)
    for (const word of plainWords(text).filter(word => !questionWords.has(word)))
      for (const [place, value] of directionOf(meaningOf(word), this.dimensions).entries()) sum[place] = (sum[place] as number) + value
    return vectorOf(sum)
  }
}

const meaningOf = (word: string): string => meanings.find(words => words.includes(word))?.[0] ?? word

/** The same for the same word: xorshift, from its letters. */
function directionOf(word: string, dimensions: number): number[] {
  let state = 2_166_136_261
  for (const letter of word) state = Math.imul(state ^ letter.charCodeAt(0), 16_777_619) >>> 0
  return Array.from({ length: dimensions }, () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state & 1 ? 1 : -1
  })
}
