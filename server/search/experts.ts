/**
 * Ranks people by the documents they contributed to: CombSUM, the sum of the scores of a person's documents among the best ones
 * (Macdonald and Ounis, "Voting for candidates", CIKM 2006). Scores are comparable only within one call.
 * @param votes  documents, best first, each with its score and its contributors' ids
 * @returns people, best first, each with the ids of the documents that voted for them, best first
 */
export function combSum(votes: readonly { id: string; score: number; contributors: readonly string[] }[]): Expert[] {
  const people = new Map<string, Expert>()
  for (const vote of votes) {
    for (const id of new Set(vote.contributors)) {
      const person = people.get(id) ?? { id, score: 0, documentIds: [] }
      person.score += vote.score
      person.documentIds.push(vote.id)
      people.set(id, person)
    }
  }
  return [...people.values()].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}

export interface Expert {
  id: string
  score: number
  documentIds: string[]
}
