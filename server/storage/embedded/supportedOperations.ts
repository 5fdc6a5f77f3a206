/**
 * Everything that the application may ask of its database. The embedded store implements exactly this and refuses the rest; the contract suite has a
 * case for each line; the recorder of the tests compares what the application sends with it.
 */
export const supportedOperations = {
  commands: [
    ...[
      'hello',
      'isMaster',
      'ismaster',
      'ping',
      'buildInfo',
      'endSessions',
      'insert',
      'update',
      'delete',
      'find',
      'getMore',
      'killCursors',
      'findAndModify',
    ],
    ...[
      'count',
      'distinct',
      'aggregate',
      'create',
      'createIndexes',
      'listIndexes',
      'dropIndexes',
      'listCollections',
      'drop',
      'dropDatabase',
    ],
  ],
  filters: [
    ...[
      '$eq',
      '$ne',
      '$gt',
      '$gte',
      '$lt',
      '$lte',
      '$in',
      '$nin',
      '$exists',
      '$type',
      '$regex',
      '$options',
      '$elemMatch',
      '$size',
      '$all',
      '$not',
    ],
    ...['$and', '$or', '$nor', '$comment'],
  ],
  updates: ['$set', '$unset', '$inc', '$mul', '$min', '$max', '$push', '$addToSet', '$pull', '$setOnInsert', '$rename', '$currentDate'],
  pushModifiers: ['$each', '$slice', '$position', '$sort'],
  stages: ['$match', '$sort', '$skip', '$limit', '$count', '$group', '$project', '$replaceWith', '$unionWith', '$lookup'],
  accumulators: ['$sum', '$min', '$max', '$avg', '$first', '$last', '$push', '$addToSet'],
} as const

export const isSupported = (kind: keyof typeof supportedOperations, name: string): boolean =>
  (supportedOperations[kind] as readonly string[]).includes(name)
