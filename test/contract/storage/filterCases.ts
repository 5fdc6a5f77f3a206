/** Each case: documents (with _id), a filter, and the ids that MongoDB finds. */
export interface FilterCase {
  says: string
  docs: Record<string, unknown>[]
  filter: Record<string, unknown>
  finds: unknown[]
}

const on = (values: unknown[]) => values.map((a, _id) => (a === undefined ? { _id } : { _id, a }))
const day = (n: number) => new Date(Date.UTC(2026, 0, n))
const mixed = on([1, '1', null, undefined, true, [1, 2], { b: 1 }, day(1), [], 1.5])

export const filterCases: FilterCase[] = [
  { says: '$eq by plain value, in arrays too', docs: mixed, filter: { a: 1 }, finds: [0, 5] },
  { says: '$eq with the operator', docs: mixed, filter: { a: { $eq: '1' } }, finds: [1] },
  { says: '$eq null finds null and missing', docs: mixed, filter: { a: null }, finds: [2, 3] },
  { says: '$eq of a whole array', docs: mixed, filter: { a: [1, 2] }, finds: [5] },
  { says: '$eq of an empty array', docs: mixed, filter: { a: [] }, finds: [8] },
  {
    says: '$eq of a subdocument, with the order of its fields',
    docs: on([
      { x: 1, y: 2 },
      { y: 2, x: 1 },
    ]),
    filter: { a: { x: 1, y: 2 } },
    finds: [0],
  },
  { says: '$eq of an array inside an array', docs: on([[[1, 2]], [1, 2]]), filter: { a: [1, 2] }, finds: [0, 1] },
  { says: '$ne leaves out arrays that hold the value', docs: mixed, filter: { a: { $ne: 1 } }, finds: [1, 2, 3, 4, 6, 7, 8, 9] },
  { says: '$ne null finds what is there', docs: mixed, filter: { a: { $ne: null } }, finds: [0, 1, 4, 5, 6, 7, 8, 9] },
  { says: '$gt within one type', docs: mixed, filter: { a: { $gt: 1 } }, finds: [5, 9] },
  { says: '$gte', docs: mixed, filter: { a: { $gte: 1 } }, finds: [0, 5, 9] },
  { says: '$lt of a date', docs: mixed, filter: { a: { $lt: day(2) } }, finds: [7] },
  { says: '$lte and $gte null find null and missing', docs: mixed, filter: { a: { $gte: null, $lte: null } }, finds: [2, 3] },
  {
    says: '$gt and $lt may meet by different elements',
    docs: on([[1, 10], [5], [0, 1]]),
    filter: { a: { $gt: 4, $lt: 6 } },
    finds: [0, 1],
  },
  { says: '$gt of strings, by bytes', docs: on(['a', 'B', 'b', 'é']), filter: { a: { $gt: 'a' } }, finds: [2, 3] },
  { says: '$gt of true', docs: on([true, false, 1]), filter: { a: { $gt: false } }, finds: [0] },
  { says: '$in with null, text and numbers', docs: mixed, filter: { a: { $in: [null, '1', 1.5] } }, finds: [1, 2, 3, 9] },
  { says: '$in with a pattern', docs: on(['abc', 'xbc', ['abd']]), filter: { a: { $in: [/^ab/] } }, finds: [0, 2] },
  { says: '$in of nothing finds nothing', docs: mixed, filter: { a: { $in: [] } }, finds: [] },
  { says: '$nin', docs: mixed, filter: { a: { $nin: [1, null] } }, finds: [1, 4, 6, 7, 8, 9] },
  { says: '$exists true finds null too', docs: mixed, filter: { a: { $exists: true } }, finds: [0, 1, 2, 4, 5, 6, 7, 8, 9] },
  { says: '$exists false', docs: mixed, filter: { a: { $exists: false } }, finds: [3] },
  { says: '$type by name', docs: mixed, filter: { a: { $type: 'string' } }, finds: [1] },
  { says: '$type array', docs: mixed, filter: { a: { $type: 'array' } }, finds: [5, 8] },
  { says: '$type number in arrays', docs: mixed, filter: { a: { $type: 'number' } }, finds: [0, 5, 9] },
  {
    says: '$regex with $options',
    docs: on(['Data', 'data centre', 'x data']),
    filter: { a: { $regex: '^data', $options: 'i' } },
    finds: [0, 1],
  },
  { says: 'a pattern as value', docs: on(['Data', 'data', 5]), filter: { a: /ata$/ }, finds: [0, 1] },
  { says: '$not of a comparison finds missing', docs: mixed, filter: { a: { $not: { $gte: 1 } } }, finds: [1, 2, 3, 4, 6, 7, 8] },
  { says: '$not of a pattern', docs: on(['abc', 'x', null]), filter: { a: { $not: /^a/ } }, finds: [1, 2] },
  { says: '$size', docs: mixed, filter: { a: { $size: 2 } }, finds: [5] },
  { says: '$all', docs: on([[1, 2, 3], [1], 1]), filter: { a: { $all: [1, 2] } }, finds: [0] },
  { says: '$all of one value finds a plain one', docs: on([[1, 2, 3], [2], 1]), filter: { a: { $all: [1] } }, finds: [0, 2] },
  {
    says: '$elemMatch on documents',
    docs: on([[{ x: 1, y: 2 }], [{ x: 1 }, { y: 2 }]]),
    filter: { a: { $elemMatch: { x: 1, y: 2 } } },
    finds: [0],
  },
  {
    says: '$elemMatch beside a bound that another element is within',
    docs: on([
      [1, 10],
      [5, 20],
    ]),
    filter: { $and: [{ a: { $elemMatch: { $gt: 4, $lt: 6 } } }, { a: { $gt: 15 } }] },
    finds: [1],
  },
  {
    says: '$elemMatch with one end, beside the other end',
    docs: on([[1, 10], [5]]),
    filter: { $and: [{ a: { $elemMatch: { $gt: 4 } } }, { a: { $lt: 4 } }] },
    finds: [0],
  },
  { says: '$elemMatch on values', docs: on([[1, 10], [5], 5]), filter: { a: { $elemMatch: { $gt: 4, $lt: 6 } } }, finds: [1] },
  { says: '$and', docs: mixed, filter: { $and: [{ a: 1 }, { a: 2 }] }, finds: [5] },
  { says: '$or', docs: mixed, filter: { $or: [{ a: '1' }, { a: true }] }, finds: [1, 4] },
  { says: '$nor', docs: mixed, filter: { $nor: [{ a: { $exists: true } }, { a: 5 }] }, finds: [3] },
  { says: '$comment is no condition', docs: on([1, 2]), filter: { a: 1, $comment: 'why' }, finds: [0] },
  {
    says: 'a dotted path through an array of documents',
    docs: on([[{ b: 1 }, { b: 2 }], { b: 1 }, [1]]),
    filter: { 'a.b': 1 },
    finds: [0, 1],
  },
  {
    says: 'a dotted path by position',
    docs: on([
      ['x', 'y'],
      ['y', 'x'],
    ]),
    filter: { 'a.1': 'y' },
    finds: [0],
  },
  {
    says: 'a dotted path to nothing equals null',
    docs: on([{ b: null }, {}, 5, [{ b: 1 }, {}], [{ b: 1 }], undefined]),
    filter: { 'a.b': null },
    finds: [0, 1, 2, 3, 5],
  },
  {
    says: 'a dotted path below empty and plain arrays',
    docs: on([[], [1, 2], [{ b: 2 }]]),
    filter: { 'a.b': { $exists: false } },
    finds: [0, 1],
  },
  { says: 'a dotted path that must not equal', docs: on([[{ b: 1 }, { b: 2 }], [{ b: 3 }]]), filter: { 'a.b': { $ne: 1 } }, finds: [1] },
  { says: 'numbers of any type are equal', docs: on([1, 1.0, 2]), filter: { a: { $in: [1] } }, finds: [0, 1] },
  { says: 'NaN equals itself only', docs: on([Number.NaN, 1, 0]), filter: { a: Number.NaN }, finds: [0] },
  { says: 'NaN is left out of comparisons', docs: on([Number.NaN, 1, -1]), filter: { a: { $lt: 5 } }, finds: [1, 2] },
]
