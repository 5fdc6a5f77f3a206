import type { Clock } from '../../clock.ts'
import type { FileStore } from '../../files/fileStore.ts'
import type { VirusScanner } from '../../files/virusScanner.ts'
import type { Models } from '../../models.ts'
import type { Attachment } from './attachmentModel.ts'
import { filesOf, isWaiting } from './attachments.ts'
import { readFileText } from './text/readFileText.ts'

const kept = { removedAt: { $exists: false } }
const waiting = { $or: [{ state: 'checking' as const }, { state: 'offered' as const, 'text.state': 'waiting' as const }] }

interface Collaborators {
  files: FileStore
  clock: Clock
  scanner: VirusScanner | undefined
}

/** What is done with an attachment when it is there: it is checked for viruses, and then its text is read. */
export class AttachmentReading {
  private readonly models: Pick<Models, 'attachments' | 'attachmentTexts'>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'attachments' | 'attachmentTexts'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
  }

  /** Those that wait to be checked or read. */
  async waiting(): Promise<string[]> {
    return (await this.models.attachments.find({ ...waiting, ...kept }).lean<Attachment[]>()).map(({ _id }) => _id)
  }

  /**
   * @returns what came of it; undefined when it does not wait any more
   * @throws Unavailable while the scanner does not answer: nothing is offered, and nothing read, before it has
   */
  async read(id: string, signal?: AbortSignal): Promise<string | undefined> {
    const found = await this.find(id)
    if (found === undefined || !isWaiting(found)) return undefined
    const checked = found.state === 'checking' ? await this.check(found) : found
    if (checked === undefined) return undefined
    if (checked.state === 'refused') return `${checked.name} is refused: ${checked.refusal}`
    if (checked.text.state !== 'waiting') return `${checked.name} is checked`
    return this.readText(checked, signal)
  }

  private async check(attachment: Attachment): Promise<Attachment | undefined> {
    const { scanner, files } = this.with
    const { found } = scanner === undefined ? {} : await scanner.scan(files.read(attachment.fileId))
    if (found === undefined) return this.change(attachment, { state: 'offered' })
    const refused = await this.change(attachment, { state: 'refused', refusal: found.slice(0, 200), text: { state: 'none' } })
    await files.remove(filesOf(attachment))
    return refused
  }

  private async readText(attachment: Attachment, signal?: AbortSignal): Promise<string> {
    const { _id, articleId, name, kind, fileId } = attachment
    const read = await readFileText(this.with.files.read(fileId), kind, signal)
    if ('unreadable' in read) {
      await this.change(attachment, { text: { state: 'unreadable', note: read.unreadable } })
      return `${name}: its text could not be read: ${read.unreadable}`
    }
    const { parts, note } = read
    await this.models.attachmentTexts.replaceOne({ _id }, { _id, articleId, parts }, { upsert: true })
    const changed = await this.change(attachment, { text: { state: 'read', ...(note === undefined ? {} : { note }) } })
    if (changed === undefined) await this.models.attachmentTexts.deleteOne({ _id })
    return `${name} is read`
  }

  private async find(id: string): Promise<Attachment | undefined> {
    return (await this.models.attachments.findOne({ _id: id, ...kept }).lean<Attachment>()) ?? undefined
  }

  /** @returns undefined when it was removed meanwhile */
  private async change({ _id }: Attachment, $set: Partial<Attachment>): Promise<Attachment | undefined> {
    const change = { $set: { ...$set, pendingSince: this.with.clock.now() }, $inc: { rev: 1 } }
    const changed = await this.models.attachments.findOneAndUpdate({ _id, ...kept }, change, { returnDocument: 'after' }).lean<Attachment>()
    this.models.attachments.db.emit('pending')
    return changed ?? undefined
  }
}
