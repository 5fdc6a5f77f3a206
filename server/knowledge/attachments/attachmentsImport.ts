import { z } from 'zod'
import type { FeatureServices } from '../../feature.ts'
import type { Importer, Outcome } from '../../imports/importer.ts'
import { neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import type { Article } from '../articles/articleModel.ts'

const schema = z.strictObject({
  id: sourceId,
  article: neededLine(),
  name: neededLine(),
  text: z.string().min(1, 'there is no text').max(100_000, 'the text is longer than 100,000 characters'),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'articles' | 'attachments' | 'files'>

/** Files of text, each as a row that names its article. One of that name that is there stays as it is. */
export async function attachmentsImport({ articles, attachments, files }: Needed): Promise<Importer<Row>> {
  async function keepOne(row: Row, article: Article | undefined): Promise<Outcome> {
    if (article === undefined) return { refused: `there is no article "${row.article}" here` }
    const there = await attachments.of(article)
    if (there.some(({ name }) => name === row.name)) return 'unchanged'
    const fileId = await files.keep(Buffer.from(row.text), attachments.about(article))
    const added = await attachments.addTo(article, article.authorIds[0] ?? '', { fileId, name: row.name }).catch((error: Error) => error)
    return added instanceof Error ? { refused: added.message } : 'added'
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'article', 'name', 'text'],
    read: cells => readRow(schema, 'attachments', cells),
    async keep(rows) {
      const named = await articles.bySourceIds(rows.map(({ article }) => article))
      const found = new Map(named.map(article => [article.sourceId, article]))
      const outcomes: Outcome[] = []
      for (const row of rows) outcomes.push(await keepOne(row, found.get(row.article)))
      return outcomes
    },
  }
}
