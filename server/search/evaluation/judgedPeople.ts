import type { Services } from '../../services.ts'
import type { QueryJudgements } from './judgedSet.ts'

const relevantFrom = 2

/** Who is relevant when only documents were judged: the authors of at least two relevant ones. By query, by person's id. */
export async function authorsOfRelevant({ articles }: Pick<Services, 'articles'>, judgements: QueryJudgements): Promise<QueryJudgements> {
  const people = new Map<string, Map<string, number>>()
  for (const [query, grades] of judgements) {
    const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id)
    const found = await articles.bySourceIds(relevant)
    const counts = new Map<string, number>()
    for (const id of found.flatMap(({ authorIds }) => authorIds)) counts.set(id, (counts.get(id) ?? 0) + 1)
    people.set(query, new Map([...counts].filter(([, count]) => count >= relevantFrom).map(([id]) => [id, 1])))
  }
  return people
}

/** Judgements of names as judgements of the people who have them. A name that nobody has stays, as somebody who is never found. */
export async function peopleNamed({ authors }: Pick<Services, 'authors'>, judgements: QueryJudgements): Promise<QueryJudgements> {
  const names = [...new Set([...judgements.values()].flatMap(grades => [...grades.keys()]))]
  const known = await authors.named(names)
  const idOf = (name: string) => known.find(name)?._id ?? `nobody named ${name}`
  return new Map([...judgements].map(([query, grades]) => [query, new Map([...grades].map(([name, grade]) => [idOf(name), grade]))]))
}
