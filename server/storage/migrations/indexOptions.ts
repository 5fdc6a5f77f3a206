import { changedIndexes, remakeIndex } from '../indexesInStep.ts'
import type { Migration } from './migration.ts'

/** The baseline: whatever early versions made, indexes are afterwards as the models declare them. */
export const indexOptions: Migration = {
  name: '0001-index-options',
  says: 'Indexes of early versions get the options that they have now',

  async plan(connection) {
    const changed = await changedIndexes(connection)
    return changed.map(({ collection, name }) => `make the index ${name} of ${collection} again, with other options`)
  },

  async run({ connection, reached }) {
    let done = 0
    for (const index of await changedIndexes(connection)) {
      await remakeIndex(connection, index)
      await reached(`${index.collection} ${index.name}`, ++done)
    }
  },
}
