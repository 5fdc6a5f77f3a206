import { deserialize, onDemand, serialize } from 'bson'

const types = { object: 3, array: 4 } as const
const exactly = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const

/** As a value that the driver writes as the same bytes again: every number with its type, every field where it was. */
export function exactDocument(bytes: Uint8Array): Map<string, unknown> {
  return new Map(elementsOf(bytes))
}

/** @throws Error when the bytes are not BSON (BSON specification 1.1), or of a kind that cannot be written any more */
export function requireExact(bytes: Uint8Array): void {
  if (!Buffer.from(serialize(exactDocument(bytes))).equals(bytes)) throw new Error('it would be written otherwise')
}

function* elementsOf(bytes: Uint8Array): Generator<[string, unknown]> {
  for (const [type, nameAt, nameLength, at, length] of onDemand.parseToElements(bytes)) {
    const name = onDemand.ByteUtils.toUTF8(bytes, nameAt, nameAt + nameLength, true)
    const value = bytes.subarray(at, at + length)
    if (type === types.object) yield [name, exactDocument(value)]
    else if (type === types.array) yield [name, Array.from(elementsOf(value), ([, element]) => element)]
    else yield [name, scalarOf(name, bytes.subarray(nameAt - 1, at + length))]
  }
}

/** The value of one element, read as a document that holds nothing else. */
function scalarOf(name: string, element: Uint8Array): unknown {
  const document = Buffer.alloc(4 + element.length + 1)
  document.writeInt32LE(document.length)
  document.set(element, 4)
  return deserialize(document, exactly)[name]
}
