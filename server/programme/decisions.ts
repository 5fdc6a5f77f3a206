import type { Reader } from '../access/accessTokens.ts'
import type { Clock } from '../clock.ts'
import { NotFound } from '../failures.ts'
import type { ArticleWriting } from '../knowledge/articles/articleWriting.ts'
import type { Models } from '../models.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import type { Decision } from './actionModel.ts'

export type NewDecision = Pick<Decision, 'title' | 'why' | 'agreedByIds' | 'source' | 'readers'> & { reviewOn: string | undefined }

const mostListed = 500

/** What was agreed. A decision is not changed: another one is taken. */
export class Decisions {
  private readonly decisions: Models['decisions']
  private readonly write: IndexedWrite<Decision>
  private readonly with: { clock: Clock; articleWriting: Pick<ArticleWriting, 'narrowed'> }

  constructor(models: Pick<Models, 'decisions'>, collaborators: Decisions['with']) {
    this.decisions = models.decisions
    this.with = collaborators
    this.write = new IndexedWrite(models.decisions, 'title', collaborators.clock)
  }

  /** @throws NotFound: a hidden decision and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Decision> {
    const decision = await this.decisions.findOne({ slug }).readableBy(reader).lean<Decision>()
    if (decision === null) throw new NotFound('There is no such decision, or it is not shared with you. Search for it.')
    return decision
  }

  /** @param dayId  left out, of all days */
  async list(reader: Reader, dayId?: string): Promise<Decision[]> {
    const filter = dayId === undefined ? {} : { 'source.dayId': dayId }
    return this.decisions.find(filter).readableBy(reader).sort({ createdAt: 1, _id: 1 }).limit(mostListed).lean<Decision[]>()
  }

  /** Whoever runs the day asks for it. */
  async add({ reviewOn, ...decision }: NewDecision): Promise<Decision> {
    const _id = newId()
    const now = this.with.clock.now()
    const complete = { ...decision, ...(reviewOn === undefined ? {} : { reviewOn }), _id, createdAt: now, updatedAt: now }
    return withFreeSlug(decision.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** What comes from a day is read by those who read the day. */
  async shareAs(dayId: string, readers: readonly string[]): Promise<void> {
    const found = await this.decisions.find({ 'source.dayId': dayId }).asSystem('readers follow the day').lean<Decision[]>()
    for (const { _id, readers: before } of found) {
      await this.write.update({ _id }, { $set: { readers: [...readers] } })
      if (before.some(token => !readers.includes(token))) await this.with.articleWriting.narrowed('decision', _id).catch(() => undefined)
    }
  }
}
