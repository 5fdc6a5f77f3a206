import type { Confirmation } from './confirmationModel.ts'

/** What one colleague says of one skill, those that were merged into it taken together. */
export type Confirmed = Pick<Confirmation, 'byId' | 'level' | 'confirmedAt' | 'answer' | 'words'>

/** One for each colleague who has not withdrawn: the last, with what the confirmed person answered to any of theirs. */
export function confirmedBy(records: readonly Confirmation[]): Confirmed[] {
  const byColleague = grouped(records, ({ byId }) => byId)
  return [...byColleague.values()].flatMap(ofOne => {
    const standing = ofOne.filter(({ withdrawn }) => withdrawn === undefined).sort((a, b) => +b.confirmedAt - +a.confirmedAt)
    const [last] = standing
    if (last === undefined) return []
    const { byId, level, confirmedAt } = last
    const { answer, words } =
      ofOne.find(record => record.answer === 'contested') ?? ofOne.find(record => record.answer !== undefined) ?? last
    return [{ byId, level, confirmedAt, ...(answer === undefined ? {} : { answer }), ...(words === undefined ? {} : { words }) }]
  })
}

/** Whether it is there for this reader: one that is hidden or contested is for the two alone. */
export const isFor = (reader: { id: string }, personId: string, { byId, answer }: Confirmed): boolean =>
  answer === undefined || reader.id === personId || reader.id === byId

export function grouped<R, K>(records: readonly R[], keyOf: (record: R) => K): Map<K, R[]> {
  const groups = new Map<K, R[]>()
  for (const record of records) groups.set(keyOf(record), [...(groups.get(keyOf(record)) ?? []), record])
  return groups
}
