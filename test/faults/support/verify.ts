import type { Article } from '../../../server/knowledge/articles/articleModel.ts'
import type { Services } from '../../../server/services.ts'
import type { Written } from './load.ts'

export interface Verdict {
  /** What was acknowledged and is not there, or not as it was acknowledged. */
  lost: string[]
  drift: number
  settledMs: number
}

/** After the last start: what was acknowledged is there, and once the index has settled it says the same. */
export async function verify(services: Services, written: Iterable<Written>): Promise<Verdict> {
  const started = performance.now()
  await services.indexer.settled({ withinMs: 300_000 })
  const settledMs = performance.now() - started
  const { differences } = await services.drift.check()
  return { lost: await lostOf(services, [...written]), drift: differences.length, settledMs }
}

async function lostOf({ models }: Services, written: Written[]): Promise<string[]> {
  const lost: string[] = []
  for (let from = 0; from < written.length; from += 500) {
    const part = written.slice(from, from + 500)
    const filter = { slug: { $in: part.map(({ slug }) => slug) } }
    const found = await models.articles.find(filter).asSystem('a test looks for what was acknowledged').lean<Article[]>()
    const bySlug = new Map(found.map(article => [article.slug, article]))
    for (const { slug, title, acknowledged, unanswered } of part) {
      const article = bySlug.get(slug)
      const good = article?.title === title && [acknowledged, ...unanswered].includes(article.text)
      if (!good) lost.push(`${slug}: acknowledged "${acknowledged}", there is "${article?.text ?? 'nothing'}"`)
    }
  }
  return lost
}
