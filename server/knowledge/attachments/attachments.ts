import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { NotFound } from '../../failures.ts'
import type { AboutFile, FileStore, KeptFile } from '../../files/fileStore.ts'
import type { FileKeeper } from '../../files/fileSweep.ts'
import type { VirusScanner } from '../../files/virusScanner.ts'
import type { JobQueue } from '../../jobs/jobQueue.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import type { Article } from '../articles/articleModel.ts'
import type { ArticleService } from '../articles/articleService.ts'
import type { ArticleWriting } from '../articles/articleWriting.ts'
import type { Attachment } from './attachmentModel.ts'
import { isPicture } from './fileKinds.ts'
import { problem, receivedFile, type Sent } from './receivedFile.ts'

const purpose = 'attachment'
export const mostOfAnArticle = 20
export const readingJobName = 'read-attachment'

const kept = { removedAt: { $exists: false } }

interface Collaborators {
  articles: ArticleService
  articleWriting: Pick<ArticleWriting, 'narrowed'>
  files: FileStore
  jobs: JobQueue
  clock: Clock
  scanner: VirusScanner | undefined
}

/** The files beside articles: seen by whoever reads the article, changed by whoever changes it. */
export class Attachments {
  private readonly models: Pick<Models, 'articles' | 'attachments' | 'attachmentTexts'>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'articles' | 'attachments' | 'attachmentTexts'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
  }

  /** Those of an article that its reader has loaded; oldest first. */
  of({ _id: articleId }: Pick<Article, '_id'>): Promise<Attachment[]> {
    return this.models.attachments
      .find({ articleId, ...kept })
      .sort({ addedAt: 1, _id: 1 })
      .lean<Attachment[]>()
  }

  /** @param id  or its name, as texts link to it. @throws NotFound: one of a hidden article, a missing one, and one that is not offered yet look the same */
  async offered(reader: Reader, slug: string, id: string): Promise<Attachment> {
    const { _id: articleId } = await this.with.articles.readable(reader, slug)
    const called = async (which: object) =>
      this.models.attachments.findOne({ ...which, articleId, state: 'offered', ...kept }).lean<Attachment>()
    const attachment = (await called({ _id: id })) ?? (await called({ name: id }))
    if (attachment === null) throw new NotFound('There is no such attachment, or it is not there any more. Look at the article again.')
    return attachment
  }

  /** What is kept of a file of the article while it is received. */
  about = ({ _id: subject }: Pick<Article, '_id'>): AboutFile => ({ purpose, subject, type: 'application/octet-stream' })

  /**
   * The file goes when it cannot be attached.
   * @throws Invalid when it is nothing that can be attached, or the article has as many as it may
   */
  async add(person: SignedInPerson, slug: string, sent: Sent): Promise<Attachment> {
    try {
      return await this.addTo(await this.with.articles.editable(person, slug), person.id, sent)
    } catch (error) {
      await this.with.files.remove([sent.fileId])
      throw error
    }
  }

  /** For imports: whoever may read the article. See `add`. @throws Invalid */
  async addTo(article: Article, addedById: string, sent: Sent): Promise<Attachment> {
    const { files } = this.with
    try {
      const received = await receivedFile(files, this.about(article), sent)
      if (received.fileId !== sent.fileId) await files.remove([sent.fileId])
      const attachment = await this.attach(addedById, article, received)
      if (isWaiting(attachment)) await this.with.jobs.ask({ name: readingJobName, subject: attachment._id })
      return attachment
    } catch (error) {
      await files.remove([sent.fileId])
      throw error
    }
  }

  /** @throws NotFound when somebody has removed it already */
  async remove(person: SignedInPerson, slug: string, id: string): Promise<Attachment> {
    const { _id: articleId } = await this.with.articles.editable(person, slug)
    const removed = await this.takeAway({ _id: id, articleId })
    if (removed === null) throw new NotFound('There is no such attachment any more: somebody may have removed it already.')
    await this.with.articleWriting.narrowed('article', articleId).catch(() => undefined)
    return removed
  }

  /** All of an article that is deleted. */
  async removeAll(articleId: string): Promise<void> {
    while ((await this.takeAway({ articleId })) !== null);
  }

  /** Where a deletion ended before it came to them. @returns how many */
  async removeLeft(): Promise<number> {
    const articleIds = await this.models.attachments.distinct('articleId', kept)
    const there = await this.models.articles
      .find({ _id: { $in: articleIds }, deletedAt: { $exists: false } })
      .asSystem('attachments of hidden articles are still theirs')
      .select({ _id: 1 })
      .lean<Pick<Article, '_id'>[]>()
    const known = new Set(there.map(({ _id }) => _id))
    const left = articleIds.filter(id => !known.has(id))
    for (const id of left) await this.removeAll(id)
    return left.length
  }

  /** For the sweep. */
  keeper(): FileKeeper {
    return { purpose, inUse: found => this.inUse(found) }
  }

  private async attach(
    addedById: string,
    { _id: articleId }: Article,
    received: Pick<Attachment, 'name' | 'kind' | 'sizeBytes' | 'fileId' | 'picture' | 'thumbnail'>,
  ): Promise<Attachment> {
    const now = this.with.clock.now()
    const attachment: Attachment = {
      ...{ _id: newId(), articleId, ...received, addedById, addedAt: now, rev: 1, pendingSince: now },
      state: this.with.scanner === undefined ? 'offered' : 'checking',
      text: { state: isPicture(received.kind) ? 'none' : 'waiting' },
    }
    await this.models.attachments.insertMany([attachment], { lean: true })
    this.models.attachments.db.emit('pending')
    // Asked afterwards: of several who add the last one at once, those stay that came first.
    const place = (await this.of({ _id: articleId })).findIndex(({ _id }) => _id === attachment._id)
    if (place >= mostOfAnArticle) {
      await this.takeAway({ _id: attachment._id, articleId })
      throw problem(`This article has ${mostOfAnArticle} attachments already. Remove one, or attach this one to another article`)
    }
    return attachment
  }

  private async takeAway(which: { articleId: string; _id?: string }): Promise<Attachment | null> {
    const now = this.with.clock.now()
    const change = { $set: { removedAt: now, pendingSince: now }, $inc: { rev: 1 } }
    const removed = await this.models.attachments.findOneAndUpdate({ ...which, ...kept }, change).lean<Attachment>()
    if (removed === null) return null
    await this.models.attachmentTexts.deleteOne({ _id: removed._id })
    await this.with.files.remove(filesOf(removed))
    this.models.attachments.db.emit('pending')
    return removed
  }

  private async inUse(found: readonly KeptFile[]): Promise<string[]> {
    const articleIds = [...new Set(found.map(({ subject }) => subject))]
    const named = await this.models.attachments.find({ articleId: { $in: articleIds }, ...kept }).lean<Attachment[]>()
    return named.flatMap(filesOf)
  }
}

export const isWaiting = ({ state, text }: Pick<Attachment, 'state' | 'text'>): boolean =>
  state === 'checking' || (state === 'offered' && text.state === 'waiting')

export const filesOf = ({ fileId, thumbnail }: Attachment): string[] => [fileId, ...(thumbnail === undefined ? [] : [thumbnail.fileId])]
