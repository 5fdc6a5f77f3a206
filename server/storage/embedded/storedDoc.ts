import { deserialize, onDemand } from 'bson'
import type { Doc } from './documentPaths.ts'

/** A document as it is on disk, decoded as far as somebody asks for it. */
export class StoredDoc {
  readonly rid: number
  /** BSON. */
  readonly bytes: Buffer
  private decoded: Doc | undefined

  constructor(rid: number, bytes: Buffer) {
    this.rid = rid
    this.bytes = bytes
  }

  get doc(): Doc {
    this.decoded ??= decode(this.bytes)
    return this.decoded
  }

  /** With these fields at least. */
  part(fields: ReadonlySet<string>): Doc {
    return this.decoded ?? decode(withFields(this.bytes, fields))
  }
}

export const decode = (bytes: Buffer): Doc => deserialize(bytes, { promoteBuffers: false })

/** The document with these of its fields alone, as BSON: the others are passed over by their length. */
export function withFields(bytes: Buffer, fields: ReadonlySet<string>): Buffer {
  const kept: Buffer[] = []
  for (const [, nameAt, nameLength, at, length] of onDemand.parseToElements(bytes))
    if (fields.has(bytes.toString('utf8', nameAt, nameAt + nameLength))) kept.push(bytes.subarray(nameAt - 1, at + length))
  const size = kept.reduce((sum, part) => sum + part.length, 5)
  const head = Buffer.alloc(4)
  head.writeInt32LE(size)
  return Buffer.concat([head, ...kept, Buffer.alloc(1)], size)
}

/** The fields of a document that paths and filters begin with. */
export const fieldsOf = (paths: Iterable<string>): Set<string> => new Set([...paths].map(path => path.split('.', 1)[0] as string))

/** The paths that a filter looks at. */
export function filteredPaths(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([name, operand]) => {
    if (!name.startsWith('$')) return [name]
    return Array.isArray(operand) ? operand.flatMap(part => filteredPaths(part as Doc)) : []
  })
}
