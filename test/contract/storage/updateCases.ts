/** Each case: a document, an update, and what MongoDB makes of it; or the code of its refusal. */
export interface UpdateCase {
  says: string
  doc: Record<string, unknown>
  update: Record<string, unknown>
  makes?: Record<string, unknown>
  modified?: boolean
  refuses?: number
}

const doc = (fields: Record<string, unknown> = {}) => ({ _id: 1, ...fields })

export const updateCases: UpdateCase[] = [
  { says: '$set of a new and a known field', doc: doc({ a: 1 }), update: { $set: { a: 2, b: 'x' } }, makes: doc({ a: 2, b: 'x' }) },
  { says: '$set of the same value changes nothing', doc: doc({ a: 1 }), update: { $set: { a: 1 } }, makes: doc({ a: 1 }), modified: false },
  { says: '$set makes the way', doc: doc(), update: { $set: { 'a.b.c': 1 } }, makes: doc({ a: { b: { c: 1 } } }) },
  {
    says: '$set into an array by position, filled with null',
    doc: doc({ a: [1] }),
    update: { $set: { 'a.3': 4 } },
    makes: doc({ a: [1, null, null, 4] }),
  },
  { says: '$set through a plain value is refused', doc: doc({ a: 1 }), update: { $set: { 'a.b': 1 } }, refuses: 28 },
  { says: '$set through null is refused', doc: doc({ a: null }), update: { $set: { 'a.b': 1 } }, refuses: 28 },
  { says: '$set of another _id is refused', doc: doc(), update: { $set: { _id: 2 } }, refuses: 66 },
  { says: '$unset', doc: doc({ a: 1, b: { c: 1, d: 2 } }), update: { $unset: { a: 1, 'b.c': 1, 'x.y': 1 } }, makes: doc({ b: { d: 2 } }) },
  { says: '$unset in an array leaves null', doc: doc({ a: [1, 2] }), update: { $unset: { 'a.0': 1 } }, makes: doc({ a: [null, 2] }) },
  { says: '$inc, also of a missing field', doc: doc({ a: 1 }), update: { $inc: { a: 2, b: -1 } }, makes: doc({ a: 3, b: -1 }) },
  { says: '$inc beyond 32 bits', doc: doc({ a: 2147483647 }), update: { $inc: { a: 1 } }, makes: doc({ a: 2147483648 }) },
  { says: '$inc of text is refused', doc: doc({ a: 'x' }), update: { $inc: { a: 1 } }, refuses: 14 },
  { says: '$inc of null is refused', doc: doc({ a: null }), update: { $inc: { a: 1 } }, refuses: 14 },
  { says: '$inc by text is refused', doc: doc({ a: 1 }), update: { $inc: { a: 'x' } }, refuses: 14 },
  { says: '$mul, a missing field is 0', doc: doc({ a: 3 }), update: { $mul: { a: 2, b: 5 } }, makes: doc({ a: 6, b: 0 }) },
  {
    says: '$min and $max',
    doc: doc({ a: 5, b: 5, c: 5 }),
    update: { $min: { a: 3, b: 9 }, $max: { c: 9, d: 1 } },
    makes: doc({ a: 3, b: 5, c: 9, d: 1 }),
  },
  { says: '$max across types goes by their order', doc: doc({ a: 5 }), update: { $max: { a: 'x' } }, makes: doc({ a: 'x' }) },
  { says: '$push to an array and to nothing', doc: doc({ a: [1] }), update: { $push: { a: 2, b: 1 } }, makes: doc({ a: [1, 2], b: [1] }) },
  { says: '$push of an array is one element', doc: doc({ a: [1] }), update: { $push: { a: [2, 3] } }, makes: doc({ a: [1, [2, 3]] }) },
  {
    says: '$push $each with $slice keeps the last',
    doc: doc({ a: [1, 2] }),
    update: { $push: { a: { $each: [3, 4], $slice: -3 } } },
    makes: doc({ a: [2, 3, 4] }),
  },
  {
    says: '$push $slice on a missing array',
    doc: doc(),
    update: { $push: { a: { $each: [1, 2, 3], $slice: 2 } } },
    makes: doc({ a: [1, 2] }),
  },
  { says: '$push $slice 0 empties', doc: doc({ a: [1] }), update: { $push: { a: { $each: [2], $slice: 0 } } }, makes: doc({ a: [] }) },
  {
    says: '$push at a $position',
    doc: doc({ a: [1, 4] }),
    update: { $push: { a: { $each: [2, 3], $position: 1 } } },
    makes: doc({ a: [1, 2, 3, 4] }),
  },
  {
    says: '$push at a $position from the end',
    doc: doc({ a: [1, 4] }),
    update: { $push: { a: { $each: [3], $position: -1 } } },
    makes: doc({ a: [1, 3, 4] }),
  },
  { says: '$push with $sort', doc: doc({ a: [3, 1] }), update: { $push: { a: { $each: [2], $sort: 1 } } }, makes: doc({ a: [1, 2, 3] }) },
  {
    says: '$push with $sort by a field',
    doc: doc({ a: [{ n: 1 }] }),
    update: { $push: { a: { $each: [{ n: 3 }, { n: 2 }], $sort: { n: -1 } } } },
    makes: doc({ a: [{ n: 3 }, { n: 2 }, { n: 1 }] }),
  },
  { says: '$push to a plain value is refused', doc: doc({ a: 1 }), update: { $push: { a: 2 } }, refuses: 2 },
  { says: '$addToSet', doc: doc({ a: [1] }), update: { $addToSet: { a: 1, b: 'x' } }, makes: doc({ a: [1], b: ['x'] }) },
  { says: '$addToSet $each', doc: doc({ a: [1] }), update: { $addToSet: { a: { $each: [1, 2, 2] } } }, makes: doc({ a: [1, 2] }) },
  { says: '$addToSet to a plain value is refused', doc: doc({ a: 1 }), update: { $addToSet: { a: 1 } }, refuses: 2 },
  { says: '$pull of a value', doc: doc({ a: [1, 2, 1] }), update: { $pull: { a: 1 } }, makes: doc({ a: [2] }) },
  {
    says: '$pull by a filter on fields',
    doc: doc({ a: [{ x: 1, y: 1 }, { x: 2 }] }),
    update: { $pull: { a: { x: 1 } } },
    makes: doc({ a: [{ x: 2 }] }),
  },
  { says: '$pull by operators', doc: doc({ a: [1, 5, 9] }), update: { $pull: { a: { $gte: 5 } } }, makes: doc({ a: [1] }) },
  { says: '$pull by $in', doc: doc({ a: ['x', 'y'] }), update: { $pull: { a: { $in: ['x'] } } }, makes: doc({ a: ['y'] }) },
  { says: '$pull from a plain value is refused', doc: doc({ a: 1 }), update: { $pull: { a: 1 } }, refuses: 2 },
  { says: '$pull from nothing changes nothing', doc: doc(), update: { $pull: { a: 1 } }, makes: doc(), modified: false },
  { says: '$rename', doc: doc({ a: 1, c: 2 }), update: { $rename: { a: 'b' } }, makes: doc({ c: 2, b: 1 }) },
  {
    says: '$setOnInsert does nothing to what is there',
    doc: doc({ a: 1 }),
    update: { $setOnInsert: { a: 2 }, $set: { b: 1 } },
    makes: doc({ a: 1, b: 1 }),
  },
  { says: 'two operators on one field are refused', doc: doc({ a: 1 }), update: { $set: { a: 1 }, $inc: { a: 1 } }, refuses: 40 },
  { says: 'an operator inside another is refused', doc: doc({ a: {} }), update: { $set: { a: {}, 'a.b': 1 } }, refuses: 40 },
  { says: 'an operator nobody knows is refused', doc: doc(), update: { $made: { a: 1 } }, refuses: 9 },
]
