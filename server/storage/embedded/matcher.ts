import { BSONRegExp } from 'bson'
import { comparedAt, type Doc, isPlainObject, pathParts, valuesAt, withElements } from './documentPaths.ts'
import { compareValues, equalValues, typeOf, typeOrder } from './keyEncoding.ts'
import { MongoError, notSupported } from './mongoError.ts'

export type Matcher = (doc: Doc) => boolean
type Test = (values: readonly unknown[]) => boolean

/** A filter as a function of a document, by MongoDB's rules for arrays, missing fields and types. */
export function matcher(filter: Doc): Matcher {
  const tests = Object.entries(filter).map(([name, condition]) =>
    name.startsWith('$') ? logical(name, condition) : fieldMatcher(name, condition),
  )
  return doc => tests.every(test => test(doc))
}

function logical(name: string, condition: unknown): Matcher {
  if (name === '$comment') return () => true
  if (name !== '$and' && name !== '$or' && name !== '$nor') throw notSupported(`the filter ${name}`)
  if (!Array.isArray(condition) || condition.length === 0) throw new MongoError(2, `${name} must be a nonempty array`)
  const matchers = condition.map(part => matcher(part as Doc))
  if (name === '$and') return doc => matchers.every(matches => matches(doc))
  if (name === '$or') return doc => matchers.some(matches => matches(doc))
  return doc => !matchers.some(matches => matches(doc))
}

function fieldMatcher(path: string, condition: unknown): Matcher {
  const parts = pathParts(path)
  if (!isOperators(condition)) return equality(parts, condition)
  const tests = Object.entries(condition).map(([operator, operand]) => operatorMatcher(parts, operator, operand, condition))
  return doc => tests.every(test => test(doc))
}

export const isOperators = (condition: unknown): condition is Doc =>
  isPlainObject(condition) && Object.keys(condition)[0]?.startsWith('$') === true

const isRegex = (value: unknown): value is RegExp | BSONRegExp => value instanceof RegExp || value instanceof BSONRegExp

function equality(parts: readonly string[], operand: unknown): Matcher {
  if (isRegex(operand)) return compared(parts, regexTest(operand))
  return compared(parts, values => values.some(value => equalValues(value, operand)))
}

const compared =
  (parts: readonly string[], test: Test): Matcher =>
  doc =>
    test(comparedAt(doc, parts))

function operatorMatcher(parts: readonly string[], operator: string, operand: unknown, condition: Doc): Matcher {
  switch (operator) {
    case '$eq':
      return equality(parts, operand)
    case '$ne':
      return not(equality(parts, operand))
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return compared(parts, ordered(operator, operand))
    case '$in':
      return anyOf(parts, operand)
    case '$nin':
      return not(anyOf(parts, operand))
    case '$exists':
      return doc => valuesAt(doc, parts).some(value => value !== undefined) === Boolean(operand)
    case '$type':
      return compared(parts, typeTest(operand))
    case '$regex':
      return compared(parts, regexTest(operand, condition.$options))
    case '$options':
      return () => true
    case '$not':
      return not(isRegex(operand) ? equality(parts, operand) : fieldMatcher(parts.join('.'), operand))
    case '$size':
      return doc => valuesAt(doc, parts).some(value => Array.isArray(value) && value.length === Number(operand))
    case '$all':
      return all(parts, operand)
    case '$elemMatch':
      return elementMatcher(parts, operand)
    default:
      throw notSupported(`the filter ${operator}`)
  }
}

const not =
  (matches: Matcher): Matcher =>
  doc =>
    !matches(doc)

/** Values of another type never compare; null compares with null and missing. */
function ordered(operator: string, operand: unknown): Test {
  if (isRegex(operand)) throw new MongoError(2, `Can't have RegEx as arg to predicate over field`)
  const type = typeOf(operand)
  const accepts = (order: number) =>
    operator === '$gt' ? order > 0 : operator === '$gte' ? order >= 0 : operator === '$lt' ? order < 0 : order <= 0
  const isNaNAsked = typeof operand === 'number' && Number.isNaN(operand)
  return values =>
    values.some(value => {
      if (typeOf(value) !== type) return false
      if (typeof value === 'number' && Number.isNaN(value) !== isNaNAsked) return false
      return accepts(compareValues(value, operand))
    })
}

function anyOf(parts: readonly string[], operand: unknown): Matcher {
  if (!Array.isArray(operand)) throw new MongoError(2, '$in needs an array')
  const texts = new Set(operand.filter(value => typeof value === 'string'))
  const tests = operand.filter(value => typeof value !== 'string').map(value => equality(parts, value))
  return doc => comparedAt(doc, parts).some(value => texts.has(value as string)) || tests.some(test => test(doc))
}

function all(parts: readonly string[], operand: unknown): Matcher {
  if (!Array.isArray(operand)) throw new MongoError(2, '$all needs an array')
  const tests = operand.map(value => (isOperators(value) ? fieldMatcher(parts.join('.'), value) : equality(parts, value)))
  return doc => tests.length > 0 && tests.every(test => test(doc))
}

function elementMatcher(parts: readonly string[], operand: unknown): Matcher {
  if (!isPlainObject(operand)) throw new MongoError(2, '$elemMatch needs an Object')
  const onValues = isOperators(operand) && !['$and', '$or', '$nor'].includes(Object.keys(operand)[0] ?? '')
  const matches = onValues ? fieldMatcher('element', operand) : matcher(operand)
  const accepts = (element: unknown) => (onValues ? matches({ element }) : isPlainObject(element) && matches(element))
  return doc => valuesAt(doc, parts).some(value => Array.isArray(value) && value.some(accepts))
}

function regexTest(operand: unknown, options?: unknown): Test {
  const expression = asRegExp(operand, options)
  return values =>
    values.some(value => (typeof value === 'string' ? expression.test(value) : isRegex(value) && String(value) === String(expression)))
}

function asRegExp(operand: unknown, options: unknown): RegExp {
  const flags = (text: string) => text.replace(/[^ims]/g, '')
  if (operand instanceof BSONRegExp) return new RegExp(operand.pattern, flags(typeof options === 'string' ? options : operand.options))
  if (operand instanceof RegExp) return new RegExp(operand.source, flags(typeof options === 'string' ? options : operand.flags))
  if (typeof operand === 'string') return new RegExp(operand, flags(typeof options === 'string' ? options : ''))
  throw new MongoError(2, '$regex has to be a string')
}

const typeNames: Readonly<Record<string, readonly number[]>> = {
  double: [typeOrder.number],
  int: [typeOrder.number],
  long: [typeOrder.number],
  number: [typeOrder.number],
  string: [typeOrder.string],
  object: [typeOrder.object],
  array: [typeOrder.array],
  binData: [typeOrder.binary],
  objectId: [typeOrder.objectId],
  bool: [typeOrder.boolean],
  date: [typeOrder.date],
  null: [typeOrder.null],
  regex: [typeOrder.regex],
}

/** By name; which of the numeric types it is, is not told apart. */
function typeTest(operand: unknown): Test {
  const wanted = [operand].flat().flatMap(name => {
    const types = typeof name === 'string' ? typeNames[name] : undefined
    if (types === undefined) throw notSupported(`$type ${String(name)}`)
    return types
  })
  return values => values.some(value => value !== undefined && wanted.includes(typeOf(value)))
}

/** Whether one element of an array fits a $pull: a value, a filter on the element's fields, or operators on the element itself. */
export function pullMatcher(condition: unknown): (element: unknown) => boolean {
  if (isOperators(condition) || !isPlainObject(condition)) {
    const matches = fieldMatcher('element', condition)
    return element =>
      isOperators(condition)
        ? matches({ element })
        : withElements([element])
            .slice(0, 1)
            .some(value => matches({ element: value }))
  }
  const matches = matcher(condition)
  return element => isPlainObject(element) && matches(element)
}
