import { z } from 'zod'
import type { JobServices } from '../../feature.ts'
import { type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { givenList, readRow, sourceId } from '../../imports/rowFields.ts'
import { newId } from '../../storage/newId.ts'
import type { Pin, PinnedReference } from './pinModel.ts'
import { keyOf } from './pinnedRecords.ts'
import { problemOfQueries, spellingOfQuery } from './pinQueries.ts'
import { mostPins, mostRecords } from './pinService.ts'

const list = givenList(1_000).transform(parts => parts ?? [])
const schema = z.strictObject({ id: sourceId, queries: list, records: list })
type Row = z.infer<typeof schema>

/** Pins from a file, which names records by their type and their id in the files of their own: "article:power-failure". */
export async function pinImport({
  models,
  clock,
  pinnedRecords,
}: Pick<JobServices, 'clock' | 'pinnedRecords'> & Kept): Promise<Importer<Row>> {
  const kept = new Map((await models.pins.find({}).lean<Pin[]>()).map(pin => [pin._id, pin]))

  async function wanted(row: Row): Promise<{ pin: Pin; outcome: Outcome }> {
    const { queries } = row
    const existing = [...kept.values()].find(pin => pin.sourceId === row.id)
    const spellings = queries.map(spellingOfQuery)
    const problem = problemOfQueries(queries)
    if (problem !== undefined) throw new RowRefused(problem)
    if (new Set(spellings).size < spellings.length) throw new RowRefused('names a query twice')
    const other = [...kept.values()].find(pin => pin !== existing && pin.spellings.some(spelling => spellings.includes(spelling)))
    if (other !== undefined) throw new RowRefused(`has a query in common with the pin of ${other.queries.join(', ')}`)
    if (existing === undefined && kept.size >= mostPins) throw new RowRefused(`would be more than ${mostPins} pins`)
    const records = await named(row)
    if (existing !== undefined && isSame(existing, queries, records)) return { pin: existing, outcome: 'unchanged' }
    const revision = (existing?.revision ?? 0) + 1
    const pin = { _id: newId(), ...existing, queries, spellings, records, revision, changedAt: clock.now(), sourceId: row.id }
    return { pin, outcome: existing === undefined ? 'added' : 'changed' }
  }

  async function named({ records }: Row): Promise<PinnedReference[]> {
    if (records.length === 0) throw new RowRefused('records names nothing to pin')
    if (records.length > mostRecords) throw new RowRefused(`records names more than ${mostRecords}`)
    return Promise.all(
      records.map(async record => {
        const [type = '', ...id] = record.split(':')
        const found = await pinnedRecords.imported(type, id.join(':'))
        if (found === undefined) throw new RowRefused(`there is no record "${record}"`)
        return found
      }),
    )
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'queries', 'records'],
    read: cells => readRow(schema, 'pins', cells),
    async keep(rows) {
      const outcomes: Outcome[] = []
      for (const row of rows) {
        try {
          const { pin, outcome } = await wanted(row)
          const { _id, ...content } = pin
          if (outcome !== 'unchanged') await models.pins.updateOne({ _id }, { $set: content }, { upsert: true })
          kept.set(_id, pin)
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

interface Kept {
  models: Pick<JobServices['models'], 'pins'>
}

const isSame = (pin: Pin, queries: readonly string[], records: readonly PinnedReference[]): boolean =>
  pin.queries.join('\n') === queries.join('\n') && pin.records.map(keyOf).join('\n') === records.map(keyOf).join('\n')
