import { createHash } from 'node:crypto'
import { deserialize } from 'bson'
import { type IndexDefinition, indexDefinition } from '../embedded/catalogue.ts'
import { indexKeys } from '../embedded/indexKeys.ts'
import type { IndexSpec } from './metadata.ts'

/**
 * Whether two documents have the same value where an index says that it is unique. Within one moment they never have; while a collection is read, one
 * may have passed it to another. Holds 8 bytes for each value.
 */
export class UniqueValues {
  private readonly indexes: { definition: IndexDefinition; hashes: Hashes }[]

  constructor(specs: readonly IndexSpec[]) {
    const unique = specs.filter(spec => spec.unique && spec.collation === undefined && Object.values(spec.key).every(isDirection))
    this.indexes = unique.map(spec => ({ definition: indexDefinition(spec), hashes: new Hashes() }))
  }

  note(document: Uint8Array): void {
    if (this.indexes.length === 0) return
    const doc = deserialize(document, { promoteBuffers: false })
    for (const { definition, hashes } of this.indexes) for (const key of indexKeys(definition, doc).keys) hashes.add(key)
  }

  /** The name of an index with a value that two documents have; undefined when there is none. */
  shared(): string | undefined {
    return this.indexes.find(({ hashes }) => hashes.haveTwins())?.definition.name
  }
}

const isDirection = (value: unknown) => Number(value) === 1 || Number(value) === -1

class Hashes {
  private values = new BigUint64Array(1_024)
  private count = 0

  add(key: Buffer): void {
    if (this.count === this.values.length) {
      const larger = new BigUint64Array(this.count * 2)
      larger.set(this.values)
      this.values = larger
    }
    this.values[this.count++] = createHash('sha256').update(key).digest().readBigUInt64LE()
  }

  haveTwins(): boolean {
    const sorted = this.values.subarray(0, this.count).sort()
    return sorted.some((value, position) => position > 0 && value === sorted[position - 1])
  }
}
