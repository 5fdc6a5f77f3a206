import type { Connection, IndexDefinition, IndexOptions } from 'mongoose'

export interface DeclaredIndex {
  collection: string
  name: string
  keys: IndexDefinition
  options: IndexOptions
}

/** Indexes that are there, but with other options than the models declare: MongoDB refuses to make those as they are. */
export async function changedIndexes(connection: Connection): Promise<DeclaredIndex[]> {
  return (await indexesOf(connection))
    .filter(({ declared, there }) => there !== undefined && optionsOf(there) !== optionsOf(declared.options))
    .map(({ declared }) => declared)
}

/** Indexes that the models declare and the database does not have. */
export async function missingIndexes(connection: Connection): Promise<DeclaredIndex[]> {
  return (await indexesOf(connection)).filter(({ there }) => there === undefined).map(({ declared }) => declared)
}

/** Safe to repeat: between the two steps the index is missing only, and `ensureIndexes` makes those. */
export async function remakeIndex(connection: Connection, { collection, name, keys, options }: DeclaredIndex): Promise<void> {
  await connection.collection(collection).dropIndex(name)
  await connection.collection(collection).createIndex(keys as never, { ...options, name } as never)
}

async function indexesOf(connection: Connection): Promise<{ declared: DeclaredIndex; there: IndexOptions | undefined }[]> {
  const found = []
  for (const model of Object.values(connection.models)) {
    const collection = model.collection.collectionName
    const there = new Map((await listIndexes(connection, collection)).map(index => [index.name as string, index as IndexOptions]))
    for (const [keys, options] of model.schema.indexes()) {
      const name = options.name ?? Object.entries(keys).flat().join('_')
      found.push({ declared: { collection, name, keys, options }, there: there.get(name) })
    }
  }
  return found
}

/** None of a collection that is not there yet. */
async function listIndexes(connection: Connection, collection: string) {
  try {
    return await connection.collection(collection).listIndexes().toArray()
  } catch (error) {
    if ((error as { code?: number }).code === 26) return []
    throw error
  }
}

const optionsOf = ({ unique = false, sparse = false, expireAfterSeconds, partialFilterExpression }: IndexOptions) =>
  JSON.stringify([unique, sparse, expireAfterSeconds, partialFilterExpression])
