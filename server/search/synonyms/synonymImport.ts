import { z } from 'zod'
import type { Clock } from '../../clock.ts'
import { type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { givenList, readRow, sourceId } from '../../imports/rowFields.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import type { SynonymGroup } from './synonymModel.ts'
import { mostGroups } from './synonymService.ts'
import { problemOf, wordingSpelling } from './wordings.ts'

const schema = z.strictObject({ id: sourceId, wordings: givenList(1_000).transform(wordings => wordings ?? []) })
type Row = z.infer<typeof schema>

/** Groups of equal words from a file; those that administrators keep stay as they are. */
export async function synonymImport({ models, clock }: { models: Pick<Models, 'synonymGroups'>; clock: Clock }): Promise<Importer<Row>> {
  const kept = new Map((await models.synonymGroups.find({}).lean<SynonymGroup[]>()).map(group => [group._id, group]))

  function wanted({ id, wordings }: Row): { group: SynonymGroup; outcome: Outcome } {
    const existing = [...kept.values()].find(({ sourceId }) => sourceId === id)
    const spellings = wordings.map(wordingSpelling)
    const problem = problemOf(wordings)
    if (problem !== undefined) throw new RowRefused(problem)
    if (new Set(spellings).size < spellings.length) throw new RowRefused('names a word twice')
    const other = [...kept.values()].find(group => group !== existing && group.spellings.some(spelling => spellings.includes(spelling)))
    if (other !== undefined) throw new RowRefused(`has a word in common with the group ${other.wordings.join(', ')}`)
    if (existing === undefined && kept.size >= mostGroups) throw new RowRefused(`would be more than ${mostGroups} groups`)
    if (existing !== undefined && existing.wordings.join('\n') === wordings.join('\n')) return { group: existing, outcome: 'unchanged' }
    const group = {
      _id: newId(),
      ...existing,
      wordings,
      spellings,
      revision: (existing?.revision ?? 0) + 1,
      changedAt: clock.now(),
      sourceId: id,
    }
    return { group, outcome: existing === undefined ? 'added' : 'changed' }
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'wordings'],
    read: cells => readRow(schema, 'synonyms', cells),
    async keep(rows) {
      const outcomes: Outcome[] = []
      for (const row of rows) {
        try {
          const { group, outcome } = wanted(row)
          const { _id, ...content } = group
          if (outcome !== 'unchanged') await models.synonymGroups.updateOne({ _id }, { $set: content }, { upsert: true })
          kept.set(_id, group)
          outcomes.push(outcome)
        } catch (error) {
          if (!(error instanceof RowRefused)) throw error
          outcomes.push({ refused: error.message })
        }
      }
      return outcomes
    },
  }
}
