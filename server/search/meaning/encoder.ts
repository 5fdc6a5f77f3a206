/**
 * The port to whatever turns text into vectors: a sentence model in a worker thread, or in tests one that counts words. Vectors of one encoder are
 * comparable with each other only.
 */
export interface Encoder {
  /** Which model, and how texts are cut for it: a text that changes when either does. */
  readonly model: string
  /** Numbers in each vector. */
  readonly dimensions: number
  /** Why it does not answer any more, if it does not. */
  readonly problem: string | undefined

  /**
   * Cuts a text into passages and encodes each with the title before it. Takes about 30 ms for each passage, and lets questions go first.
   * @returns at least one passage; at most mostPassages
   * @throws EncoderAway
   */
  encodePassages(text: PassageText): Promise<EncodedPassage[]>

  /** @throws EncoderAway, also when there is no vector within `withinMs` */
  encodeQuestion(text: string, withinMs: number): Promise<Vector>

  close(): Promise<void>
}

/**
 * A direction, as signed bytes: the numbers of a vector divided by the largest of them, times 127. Its length says nothing. Against floats that changes
 * a cosine by less than 0.01, and takes a quarter of the room.
 */
export type Vector = Int8Array

export interface PassageText {
  title: string
  text: string
}

/** Where in a text: from, up to but not with. In a title alone both are 0. */
export interface Passage {
  from: number
  to: number
}

export interface EncodedPassage extends Passage {
  vector: Vector
}

/** The model does not answer; what can be found by words is. */
export class EncoderAway extends Error {}

export function vectorOf(numbers: ArrayLike<number>): Vector {
  let largest = 0
  for (let place = 0; place < numbers.length; place++) largest = Math.max(largest, Math.abs(numbers[place] as number))
  const vector = new Int8Array(numbers.length)
  if (largest === 0) return vector
  for (let place = 0; place < numbers.length; place++) vector[place] = Math.round(((numbers[place] as number) / largest) * 127)
  return vector
}

/** @returns from -1 to 1; 0 where one of them has no direction */
export function cosine(one: Vector, other: Vector): number {
  const lengths = lengthOf(one) * lengthOf(other)
  return lengths === 0 ? 0 : product(one, other) / lengths
}

export const lengthOf = (vector: Vector): number => Math.sqrt(product(vector, vector))

function product(one: Vector, other: Vector): number {
  let sum = 0
  for (let place = 0; place < one.length; place++) sum += (one[place] as number) * (other[place] as number)
  return sum
}
