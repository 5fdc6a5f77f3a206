import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { Clock } from '../../clock.ts'
import { CannotStart, Conflict, Invalid, NotFound } from '../../failures.ts'
import type { JobServices } from '../../feature.ts'
import type { FileKeeper } from '../../files/fileSweep.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'
import type { Models } from '../../models.ts'
import { newId } from '../../storage/newId.ts'
import { keepPages, planPages } from '../imports/pages/pageImport.ts'
import { filesOfUpload } from '../imports/pages/sentFiles.ts'
import type { PageUpload } from './pageUploadModel.ts'
import { reportOf } from './uploadReport.ts'

const dayMs = 86_400_000
export const pageImportJobName = 'page-import'
export const pageUploadPurpose = 'page-upload'
export const pagesField = 'file'

export type SentPages = Pick<PageUpload, 'file' | 'source' | 'visibility' | 'publish'> & { fileId: string; team?: string }

type Needed = Pick<
  JobServices,
  'models' | 'organisations' | 'teams' | 'skills' | 'authors' | 'articles' | 'attachments' | 'files' | 'clock' | 'jobs' | 'accounts'
>

/** Pages from a file in two steps, each done by a job: what it would come to, and then, confirmed by whoever sent it, that. */
export class PageImports {
  private readonly uploads: Models['pageUploads']
  private readonly with: Needed

  constructor(collaborators: Needed) {
    this.uploads = collaborators.models.pageUploads
    this.with = collaborators
  }

  about = (person: SignedInPerson) => ({ purpose: pageUploadPurpose, subject: person.id, type: 'application/octet-stream' })

  async keep(person: SignedInPerson, sent: SentPages): Promise<PageUpload> {
    await this.forgetOld()
    const upload: PageUpload = { _id: newId(), createdById: person.id, createdAt: this.clock.now(), ...sent, state: 'reading' }
    await this.uploads.insertMany([upload], { lean: true })
    return this.queue(upload)
  }

  /** @throws NotFound, also for what somebody else sent */
  async find(person: SignedInPerson, id: string): Promise<PageUpload> {
    const since = new Date(this.clock.now().getTime() - dayMs)
    const upload = await this.uploads.findOne({ _id: id, createdById: person.id, createdAt: { $gt: since } }).lean<PageUpload>()
    if (upload === null)
      throw new NotFound('There is no such import: what is sent is kept for a day, for whoever sent it. Choose the file again.')
    return upload
  }

  /** @throws Conflict when it was confirmed already */
  async confirm(person: SignedInPerson, id: string): Promise<PageUpload> {
    const { _id } = await this.find(person, id)
    const claimed = await this.uploads
      .findOneAndUpdate({ _id, state: 'read' }, { $set: { state: 'running' } }, { returnDocument: 'after' })
      .lean<PageUpload>()
    if (claimed === null) throw new Conflict('These pages were confirmed already, or are still being read.')
    return this.queue(claimed)
  }

  async cancel(person: SignedInPerson, id: string): Promise<void> {
    const { _id, fileId } = await this.find(person, id)
    const { deletedCount } = await this.uploads.deleteOne({ _id, state: { $nin: ['running'] } })
    if (deletedCount === 0) throw new Conflict('These pages are being imported. They can be put away when that is over.')
    if (fileId !== undefined) await this.with.files.remove([fileId])
  }

  /** The work of the job: it may be ended anywhere and repeated. */
  async runJob(job: RunningJob): Promise<string> {
    const upload = await this.uploads.findOne({ _id: job.subject ?? '', state: { $in: ['reading', 'running'] } }).lean<PageUpload>()
    if (upload?.fileId === undefined) return 'What was sent is gone already'
    const keeper = await this.with.accounts.signedIn(upload.createdById)
    if (keeper === undefined) return this.refuse(upload, 'Whoever sent it may not be here any more')
    try {
      return await this.work(upload, keeper, job)
    } catch (error) {
      if (error instanceof CannotStart) return this.refuse(upload, error.message)
      throw error
    }
  }

  /** @returns how many were put away */
  async forgetOld(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - dayMs)
    const old = await this.uploads.find({ createdAt: { $lte: before } }).lean<PageUpload[]>()
    await this.with.files.remove(old.flatMap(({ fileId }) => fileId ?? []))
    return (await this.uploads.deleteMany({ _id: { $in: old.map(({ _id }) => _id) } })).deletedCount
  }

  /** For the sweep. */
  keeper(): FileKeeper {
    return {
      purpose: pageUploadPurpose,
      inUse: async found => {
        const named = await this.uploads.find({ fileId: { $in: found.map(({ _id }) => _id) } }).lean<PageUpload[]>()
        return named.flatMap(({ fileId }) => fileId ?? [])
      },
    }
  }

  private async work(upload: PageUpload, keeper: SignedInPerson, job: RunningJob): Promise<string> {
    const { _id, fileId = '', file, source, visibility, team } = upload
    // With what reads Word documents and HTML, which is large and rarely needed.
    const { readPages } = await import('../imports/pages/readPages.ts')
    const read = await readPages(filesOfUpload(file, await this.with.files.bytes(fileId)))
    const defaults = {
      source,
      visibility,
      state: upload.publish ? ('published' as const) : ('draft' as const),
      ...(team && { owner: team }),
    }
    const run = { read, defaults, keeper, progress: (done: number, total: number) => job.report({ done, total }) }
    if (upload.state === 'reading') {
      const report = reportOf(await planPages(this.with, run))
      await this.uploads.updateOne({ _id, state: 'reading' }, { $set: { state: 'read', report } })
      return `“${file}” is read: ${report.pages.length} pages`
    }
    const report = reportOf(await keepPages(this.with, run))
    await this.uploads.updateOne({ _id }, { $set: { state: 'done', report }, $unset: { fileId: 1 } })
    await this.with.files.remove([fileId])
    const { added, changed, refused } = report.counts
    return `${added} articles added, ${changed} changed, ${refused} refused`
  }

  private async refuse({ _id, fileId }: PageUpload, problem: string): Promise<string> {
    await this.uploads.updateOne({ _id }, { $set: { state: 'refused', problem }, $unset: { fileId: 1 } })
    if (fileId !== undefined) await this.with.files.remove([fileId])
    return problem
  }

  private async queue(upload: PageUpload): Promise<PageUpload> {
    const asked = { name: pageImportJobName, subject: upload._id, askedById: upload.createdById, key: `${upload._id} ${upload.state}` }
    const { _id: jobId } = await this.with.jobs.ask(asked)
    await this.uploads.updateOne({ _id: upload._id }, { $set: { jobId } })
    return { ...upload, jobId }
  }

  private get clock(): Clock {
    return this.with.clock
  }
}

/** For the form: before anything is read. @throws Invalid */
export function requirePages(name: string): void {
  if (!/\.(zip|md|markdown|docx|xml|html?)$/i.test(name))
    throw new Invalid({ [pagesField]: `“${name.slice(0, 100)}” is none of these: .zip, .md, .docx, .html, or .xml from MediaWiki` })
}
