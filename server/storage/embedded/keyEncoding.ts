import { Binary, BSONRegExp, Decimal128, Long, MaxKey, MinKey, ObjectId, Timestamp } from 'bson'
import { notSupported } from './mongoError.ts'

/**
 * Values as bytes that compare (as bytes) in MongoDB's order of BSON types and values
 * (MongoDB manual, "Comparison/Sort Order"). Equal values have equal bytes, whatever their numeric type. Missing counts as null.
 */
export function encodeKey(value: unknown): Buffer {
  const parts: Buffer[] = []
  append(parts, value)
  return Buffer.concat(parts)
}

/** The order of types; an empty array in an index or sort comes before null. */
export const typeOrder = {
  minKey: 0x01,
  emptyArray: 0x08,
  null: 0x10,
  number: 0x20,
  string: 0x30,
  object: 0x40,
  array: 0x50,
  binary: 0x60,
  objectId: 0x70,
  boolean: 0x80,
  date: 0x90,
  timestamp: 0xa0,
  regex: 0xb0,
  maxKey: 0xf0,
} as const

const end = Buffer.from([0x00])
const next = Buffer.from([0x01])
const textEnd = Buffer.from([0x00, 0x01])
const heads = new Map(Object.values(typeOrder).map(byte => [byte, Buffer.from([byte])]))
const head = (byte: number) => heads.get(byte as never) as Buffer

/** Comparison operators only compare values of one type, as MongoDB brackets them. */
export function typeOf(value: unknown): number {
  if (value === undefined || value === null) return typeOrder.null
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return typeOrder.number
    case 'string':
      return typeOrder.string
    case 'boolean':
      return typeOrder.boolean
    default:
      return typeOfObject(value)
  }
}

function typeOfObject(value: unknown): number {
  if (Array.isArray(value)) return typeOrder.array
  if (value instanceof Date) return typeOrder.date
  if (value instanceof ObjectId) return typeOrder.objectId
  if (value instanceof Binary || value instanceof Uint8Array) return typeOrder.binary
  if (value instanceof RegExp || value instanceof BSONRegExp) return typeOrder.regex
  if (value instanceof Timestamp) return typeOrder.timestamp
  if (value instanceof Long) return typeOrder.number
  if (value instanceof MinKey) return typeOrder.minKey
  if (value instanceof MaxKey) return typeOrder.maxKey
  if (value instanceof Decimal128) throw notSupported('Decimal128: money is kept in whole pence')
  return typeOrder.object
}

function append(parts: Buffer[], value: unknown): void {
  const type = typeOf(value)
  parts.push(head(type))
  switch (type) {
    case typeOrder.number:
      parts.push(orderedDouble(Number(value)))
      return
    case typeOrder.string:
      appendText(parts, value as string)
      return
    case typeOrder.boolean:
      parts.push(value === true ? next : end)
      return
    case typeOrder.date:
      parts.push(orderedDouble((value as Date).getTime()))
      return
    case typeOrder.objectId:
      parts.push(Buffer.from((value as ObjectId).id))
      return
    case typeOrder.array:
      for (const element of value as unknown[]) {
        parts.push(next)
        append(parts, element)
      }
      parts.push(end)
      return
    case typeOrder.object:
      appendObject(parts, value as Record<string, unknown>)
      return
    case typeOrder.binary:
      appendBinary(parts, value as Binary | Uint8Array)
      return
    case typeOrder.regex:
      appendText(parts, String(value))
      return
    case typeOrder.timestamp:
      appendText(parts, (value as Timestamp).toString().padStart(20, '0'))
  }
}

/** Field by field: first its type, then its name, then its value. */
function appendObject(parts: Buffer[], value: Record<string, unknown>): void {
  for (const [name, field] of Object.entries(value)) {
    if (field === undefined) continue
    parts.push(next, head(typeOf(field)))
    appendText(parts, name)
    append(parts, field)
  }
  parts.push(end)
}

function appendText(parts: Buffer[], text: string): void {
  const bytes = Buffer.from(text, 'utf8')
  if (!bytes.includes(0)) return void parts.push(bytes, textEnd)
  parts.push(Buffer.from([...bytes].flatMap(byte => (byte === 0 ? [0x00, 0xff] : [byte]))), textEnd)
}

function appendBinary(parts: Buffer[], value: Binary | Uint8Array): void {
  const bytes = value instanceof Binary ? value.value() : value
  const length = Buffer.alloc(5)
  length.writeUInt32BE(bytes.length)
  length[4] = value instanceof Binary ? value.sub_type : 0
  parts.push(length, Buffer.from(bytes))
}

function orderedDouble(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  if (Number.isNaN(value)) return bytes
  bytes.writeDoubleBE(value === 0 ? 0 : value)
  if ((bytes[0] as number) & 0x80) for (let i = 0; i < 8; i++) bytes[i] = ~(bytes[i] as number)
  else bytes[0] = (bytes[0] as number) | 0x80
  return bytes
}

/** The same bytes in the opposite order, for descending parts of an index. */
export const inverted = (bytes: Buffer): Buffer => Buffer.from(bytes.map(byte => ~byte))

/** The smallest bytes after everything that begins with these; undefined when there is none. */
export function afterPrefix(prefix: Buffer): Buffer | undefined {
  const bytes = Buffer.from(prefix)
  for (let i = bytes.length - 1; i >= 0; i--) {
    if (bytes[i] === 0xff) continue
    bytes[i] = (bytes[i] as number) + 1
    return bytes.subarray(0, i + 1)
  }
  return undefined
}

/** Negative, zero or positive, in MongoDB's order. */
export function compareValues(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number' && !Number.isNaN(a) && !Number.isNaN(b)) return a - b
  return Buffer.compare(encodeKey(a), encodeKey(b))
}

export function equalValues(a: unknown, b: unknown): boolean {
  if (typeof a === 'string' && typeof b === 'string') return a === b
  return compareValues(a, b) === 0
}
