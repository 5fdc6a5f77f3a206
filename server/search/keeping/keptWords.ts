import type { Model } from 'mongoose'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import { Conflict, Invalid, NotFound } from '../../failures.ts'
import { newId } from '../../storage/newId.ts'
import { isTaken } from '../../storage/takenSlug.ts'
import { refuseOthers } from '../searchKeepers.ts'

/** What administrators keep for words of questions: pins, synonyms. */
export interface Kept {
  _id: string
  /** By which a question meets it; no two have one in common. */
  spellings: string[]
  /** Raised by every change: two administrators who edit compare it. */
  revision: number
}

export interface Keeping<K extends Kept> {
  /** The field of the form in which the words are typed. */
  field: string
  most: number
  /** As people write them. */
  wordsOf(kept: K): readonly string[]
  spellingOf(word: string): string
  said: {
    missing: string
    full: string
    changedMeanwhile: string
    /** @param others  the words of what has this one already */
    taken(word: string, others: string): string
  }
  /** Read anew after each change, so that searches know it. */
  known: { read(): Promise<void> }
}

/** The writes and looks that all of them share; each says itself what it holds and what is wrong with that. */
export class KeptWords<K extends Kept> {
  private readonly model: Model<Kept>
  private readonly keeping: Keeping<K>

  constructor(model: Model<K>, keeping: Keeping<K>) {
    this.model = model as unknown as Model<Kept>
    this.keeping = keeping
  }

  /** In the order of their first words. */
  async list(): Promise<K[]> {
    const all = await this.model.find({}).lean<K[]>()
    const first = (kept: K) => this.keeping.wordsOf(kept)[0] ?? ''
    return all.sort((a, b) => first(a).localeCompare(first(b), 'en'))
  }

  /** @throws NotFound */
  async find(id: string): Promise<K> {
    const kept = await this.model.findById(id).lean<K>()
    if (kept === null) throw new NotFound(this.keeping.said.missing)
    return kept
  }

  /** @throws Invalid when there are as many as are kept, or a word was taken a moment ago */
  async add(content: Omit<K, '_id' | 'revision'>): Promise<void> {
    const { most, field, said } = this.keeping
    if ((await this.model.countDocuments({})) >= most) throw new Invalid({ [field]: said.full })
    const kept = { _id: newId(), revision: 1, ...content } as K
    await this.unlessTaken(kept, () => this.model.insertMany([kept], { lean: true }))
  }

  /**
   * @param opened  the revision that the administrator saw
   * @throws Conflict when there is a newer one, Invalid when a word was taken a moment ago
   */
  async change(id: string, content: Omit<K, '_id' | 'revision'>, opened: number): Promise<void> {
    const change = { $set: content, $inc: { revision: 1 } } as object
    const asOpened = { _id: id, revision: opened }
    const { matchedCount } = await this.unlessTaken(content as K, () => this.model.updateOne(asOpened, change))
    if (matchedCount === 0) throw new Conflict(this.keeping.said.changedMeanwhile)
  }

  /** Twice is once. */
  async remove(keeper: SignedInPerson, id: string): Promise<void> {
    refuseOthers(keeper)
    await this.model.deleteOne({ _id: id })
    await this.keeping.known.read()
  }

  /** What is wrong when another one has a word already. */
  async clash(words: readonly string[], ownId?: string): Promise<string | undefined> {
    const { spellingOf, wordsOf, said } = this.keeping
    const sharing = await this.model.find({ spellings: { $in: words.map(spellingOf) } }).lean<K[]>()
    const other = sharing.find(({ _id }) => _id !== ownId)
    const taken = words.find(word => other?.spellings.includes(spellingOf(word)))
    return other && said.taken(taken ?? '', wordsOf(other).join(', '))
  }

  private async unlessTaken<T>(kept: K, write: () => Promise<T>): Promise<T> {
    const { field, wordsOf, said, known } = this.keeping
    try {
      return await write()
    } catch (error) {
      if (!isTaken(error)) throw error
      throw new Invalid({ [field]: (await this.clash(wordsOf(kept))) ?? said.changedMeanwhile })
    } finally {
      await known.read()
    }
  }
}
