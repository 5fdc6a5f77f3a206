import type { Models } from '../../models.ts'
import { markedHtml } from '../../search/highlights.ts'
import type { PendingChild, SearchChildren } from '../../search/searchChildren.ts'
import { highlightEnd, highlightStart } from '../../search/searchEngine.ts'
import type { Attachment, AttachmentText } from './attachmentModel.ts'

/** Of all attachments of one article; the engines mark no further. */
const mostCharacters = 900_000
const marks = new RegExp(`[${highlightStart}${highlightEnd}]`, 'g')
const searched = { state: 'offered' as const, removedAt: { $exists: false } }

/** Where a word was found that is not in the article itself. */
export interface FoundInside {
  /** HTML, escaped, with marks. */
  fragment: string
  /** "found in appendix.pdf, page 4" */
  place: string
  attachmentId: string
}

/** What is written in attachments, as a part of what their articles are found by. */
export class AttachedTexts implements SearchChildren {
  readonly field = 'attachments'
  private readonly models: Pick<Models, 'attachments' | 'attachmentTexts'>

  constructor(models: Pick<Models, 'attachments' | 'attachmentTexts'>) {
    this.models = models
  }

  textsOf = async (articleIds: readonly string[]): Promise<ReadonlyMap<string, string>> => {
    const all = await this.models.attachments
      .find({ articleId: { $in: [...articleIds] }, ...searched })
      .sort({ addedAt: 1, _id: 1 })
      .lean<Attachment[]>()
    const texts = await this.readFrom(all)
    const lines = new Map<string, string[]>()
    for (const { _id, articleId, name } of all)
      lines.set(articleId, [...(lines.get(articleId) ?? []), name, ...(texts.get(_id)?.parts ?? []).map(part => part.text)])
    return new Map([...lines].map(([articleId, all]) => [articleId, all.join('\n').slice(0, mostCharacters)]))
  }

  pending = async (most: number): Promise<PendingChild[]> => {
    const changed = await this.models.attachments
      .find({ pendingSince: { $exists: true } })
      .sort({ pendingSince: 1 })
      .limit(most)
      .lean<Attachment[]>()
    return changed.map(({ _id, articleId: parentId, rev }) => ({ _id, parentId, rev }))
  }

  /** What was removed is gone with that. */
  raised = async (children: readonly PendingChild[]): Promise<void> => {
    await this.models.attachments.bulkWrite(
      children.flatMap(({ _id, rev }) => [
        { deleteOne: { filter: { _id, rev, removedAt: { $exists: true } } } },
        { updateOne: { filter: { _id, rev }, update: { $unset: { pendingSince: 1 as const } } } },
      ]),
    )
  }

  /**
   * What of the fragments that the engine marked is still there, and where.
   * @param fragments  by the id of the article, of those that their reader may see
   */
  async places(fragments: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, FoundInside[]>> {
    const attachments = await this.models.attachments.find({ articleId: { $in: [...fragments.keys()] }, ...searched }).lean<Attachment[]>()
    const texts = await this.readFrom(attachments)
    const placesOf = (articleId: string, marked: readonly string[]) => {
      const own = attachments.filter(attachment => attachment.articleId === articleId)
      return marked.flatMap(linesWithMarks).flatMap(line => placeOf(line, own, texts) ?? [])
    }
    return new Map([...fragments].map(([articleId, marked]) => [articleId, placesOf(articleId, marked)]))
  }

  private async readFrom(attachments: readonly Attachment[]): Promise<ReadonlyMap<string, AttachmentText>> {
    if (attachments.length === 0) return new Map()
    const ids = attachments.map(({ _id }) => _id)
    const texts = await this.models.attachmentTexts.find({ _id: { $in: ids } }).lean<AttachmentText[]>()
    return new Map(texts.map(text => [text._id, text]))
  }
}

/** A line is a name or a part; a fragment may go beyond one. */
const linesWithMarks = (fragment: string): string[] =>
  fragment
    .replace(/^…|…$/g, '')
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.includes(highlightStart))

function placeOf(line: string, attachments: readonly Attachment[], texts: ReadonlyMap<string, AttachmentText>): FoundInside | undefined {
  const said = line.replace(marks, '')
  for (const { _id: attachmentId, name } of attachments) {
    const part = texts.get(attachmentId)?.parts.find(({ text }) => text.includes(said))
    if (part === undefined && name !== said) continue
    const place = `found in ${name}${part?.name === undefined ? '' : `, ${part.name}`}`
    return { fragment: markedHtml(line), place, attachmentId }
  }
  return undefined
}
