import type { SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { AccountService } from '../../accounts/accountService.ts'
import type { Clock } from '../../clock.ts'
import { CannotStart, Conflict, Forbidden, Invalid, NotFound } from '../../failures.ts'
import { keepRows, type Refusal } from '../../imports/keepRows.ts'
import type { JobQueue } from '../../jobs/jobQueue.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'
import type { Models } from '../../models.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { PersonService } from '../../people/personService.ts'
import { newId } from '../../storage/newId.ts'
import { uploadedText } from '../../tables/uploadedText.ts'
import { mayMakeLeave, type OpenImporter, type PeopleImportPlan, planPeopleImport, uniqueTable } from './peopleImportPlan.ts'
import type { ImportCounts, PeopleUpload } from './peopleUploadModel.ts'

const dayMs = 86_400_000
const longestRunMs = 10 * 60_000
const mostRows = 20_000
/** More than these wait for a job. */
const mostAtOnce = 2_000
export const peopleImportJobName = 'people-import'

export interface UploadedPeople {
  file: string
  bytes: Buffer
  leaversOf?: string
}

interface Collaborators {
  accounts: AccountService
  people: PersonService
  leavers: Leavers
  jobs: JobQueue
  open: OpenImporter
  clock: Clock
}

/** People from a file in two steps: what it would come to, and then, confirmed by the administrator who sent it, that. */
export class PeopleImports {
  private readonly uploads: Models['peopleUploads']
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'peopleUploads'>, collaborators: Collaborators) {
    this.uploads = models.peopleUploads
    this.with = collaborators
  }

  /** @throws Invalid, and nothing is kept, when nothing of the file could be imported */
  async keep(keeper: SignedInPerson, { file, bytes, leaversOf }: UploadedPeople): Promise<PeopleUpload> {
    if (leaversOf !== undefined && !may(keeper, { verb: 'invite', record: { organisationId: leaversOf } }))
      throw new Forbidden('You may let people of your own organisation leave only.')
    await this.forgetOld()
    const text = await inWords(async () => uploadedText(file, bytes))
    const rows = await inWords(() => this.countRows(file, text))
    const upload: PeopleUpload = {
      ...{ _id: newId(), createdById: keeper.id, createdAt: this.with.clock.now(), file, text, rows, state: 'waiting' },
      ...(leaversOf === undefined ? {} : { leaversOf }),
    }
    await inWords(() => planPeopleImport(keeper, upload, this.with))
    await this.uploads.insertMany([upload], { lean: true })
    return upload
  }

  /** @throws NotFound, also for the file of somebody else */
  async find(keeper: SignedInPerson, id: string): Promise<PeopleUpload> {
    const since = new Date(this.with.clock.now().getTime() - dayMs)
    const upload = await this.uploads.findOne({ _id: id, createdById: keeper.id, createdAt: { $gt: since } }).lean<PeopleUpload>()
    if (upload === null) throw new NotFound('There is no such file: it is kept for a day, for whoever sent it. Choose it again.')
    return upload
  }

  plan(keeper: SignedInPerson, upload: PeopleUpload): Promise<PeopleImportPlan> {
    return planPeopleImport(keeper, upload, this.with)
  }

  /**
   * Does what the preview showed: at once, or as a job when there are many rows.
   * @param seen  the fingerprint of that preview
   * @throws Conflict when it would come to something else by now, or was confirmed already
   */
  async confirm(keeper: SignedInPerson, id: string, seen: string): Promise<PeopleUpload> {
    const upload = await this.find(keeper, id)
    if (!this.isOpen(upload)) throw new Conflict('This file was confirmed already.')
    const plan = await this.plan(keeper, upload)
    if (plan.fingerprint !== seen) throw new Conflict('People were changed since you looked. This is what the file would come to now.')
    const claimed = await this.claim(upload, { leaverIds: plan.leavers.map(({ _id }) => _id), refusals: plan.refusals })
    if (upload.rows > mostAtOnce) return this.queue(keeper, claimed)
    try {
      return await this.run(keeper, claimed)
    } catch (error) {
      await this.change(id, { $set: { state: 'waiting' } })
      throw error
    }
  }

  async cancel(keeper: SignedInPerson, id: string): Promise<void> {
    const upload = await this.find(keeper, id)
    const { deletedCount } = await this.uploads.deleteOne({ _id: upload._id, state: { $ne: 'running' } })
    if (deletedCount === 0) throw new Conflict('This file is being imported. It can be put away when that is over.')
  }

  /** The work of the job. */
  async runJob(job: RunningJob): Promise<string> {
    const upload = await this.uploads.findOne({ _id: job.subject ?? '', state: 'running' }).lean<PeopleUpload>()
    if (upload === null) return 'The file is gone already'
    const keeper = await this.with.accounts.signedIn(upload.createdById)
    if (keeper === undefined) {
      await this.change(upload._id, { $set: { state: 'ended' }, $unset: { text: 1 } })
      return 'Nothing was done: whoever asked for it may not be here any more'
    }
    const { counts } = await this.run(keeper, upload, job)
    return `${counts?.added} people added, ${counts?.changed} changed, ${counts?.left} left, ${counts?.refused} rows refused`
  }

  /** @returns how many files were put away */
  async forgetOld(): Promise<number> {
    const before = new Date(this.with.clock.now().getTime() - dayMs)
    return (await this.uploads.deleteMany({ createdAt: { $lte: before } })).deletedCount
  }

  /** One that ended in the middle may be confirmed again: repeating is safe. */
  private isOpen({ state, startedAt, jobId }: PeopleUpload): boolean {
    const isOver = startedAt !== undefined && this.with.clock.now().getTime() - startedAt.getTime() > longestRunMs
    return state === 'waiting' || (state === 'running' && jobId === undefined && isOver)
  }

  private async claim({ _id, state, startedAt }: PeopleUpload, found: Pick<PeopleUpload, 'leaverIds' | 'refusals'>): Promise<PeopleUpload> {
    const asSeen = startedAt === undefined ? { startedAt: { $exists: false } } : { startedAt }
    const claimed = await this.uploads
      .findOneAndUpdate(
        { _id, state, ...asSeen },
        { $set: { ...found, state: 'running', startedAt: this.with.clock.now() } },
        { returnDocument: 'after' },
      )
      .lean<PeopleUpload>()
    if (claimed === null) throw new Conflict('This file was confirmed already.')
    return claimed
  }

  private async queue(keeper: SignedInPerson, { _id }: PeopleUpload): Promise<PeopleUpload> {
    const job = await this.with.jobs.ask({ name: peopleImportJobName, subject: _id, askedById: keeper.id })
    return this.change(_id, { $set: { jobId: job._id } })
  }

  private async run(keeper: SignedInPerson, upload: PeopleUpload, job?: RunningJob): Promise<PeopleUpload> {
    const refusals: Refusal[] = []
    const tally = await keepRows(warn => this.with.open(keeper, warn), {
      type: 'people',
      table: await uniqueTable(upload.file, upload.text ?? ''),
      refuse: refusal => refusals.push(refusal),
      progress: ({ read }) => job?.report({ done: read, total: upload.rows }),
    })
    const left = refusals.length > 0 ? 0 : await this.letLeave(keeper, upload.leaverIds ?? [])
    const { added, changed, unchanged, refused } = tally
    const counts: ImportCounts = { added, changed, unchanged, refused, left }
    return this.change(upload._id, { $set: { state: 'done', counts, refusals }, $unset: { text: 1, leaverIds: 1 } })
  }

  private async letLeave(keeper: SignedInPerson, ids: readonly string[]): Promise<number> {
    let left = 0
    for (const id of ids) {
      const person = await this.with.people.byId(id)
      if (person === undefined || person.status === 'left' || !mayMakeLeave(keeper, person)) continue
      await this.with.leavers.leave(person)
      left += 1
    }
    return left
  }

  private async change(id: string, change: object): Promise<PeopleUpload> {
    return (await this.uploads.findOneAndUpdate({ _id: id }, change, { returnDocument: 'after' }).lean<PeopleUpload>()) as PeopleUpload
  }

  private async countRows(file: string, text: string): Promise<number> {
    let rows = 0
    for await (const _row of (await uniqueTable(file, text)).rows) {
      rows += 1
      if (rows > mostRows)
        throw new CannotStart(
          `${file} has more than ${mostRows.toLocaleString('en-GB')} rows. Import it in parts, or on the machine with "npm run import".`,
        )
    }
    if (rows === 0) throw new CannotStart(`${file} names its columns, but has no rows below them.`)
    return rows
  }
}

async function inWords<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof CannotStart) throw new Invalid({ file: error.message })
    throw error
  }
}
