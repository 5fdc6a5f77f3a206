import type { Clock } from '../clock.ts'
import { markdownToText } from '../documents/markdown.ts'
import { Conflict, NotFound } from '../failures.ts'
import type { Models } from '../models.ts'
import type { PendingChild, SearchChildren } from '../search/searchChildren.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { Comment } from './commentModel.ts'

export const mostComments = 1_000
export const onOnePage = 50
const mostInAnHour = 60
const hourMs = 3_600_000
const parentsAtOnce = 500
const there = { deletedAt: { $exists: false } }

export interface Parent {
  type: string
  id: string
}

/** What people say under records. Whoever asks here has loaded the parent for the reader. */
export class Comments {
  private readonly comments: Models['comments']
  private readonly clock: Clock

  constructor(models: Pick<Models, 'comments'>, clock: Clock) {
    this.comments = models.comments
    this.clock = clock
  }

  /** The oldest first. */
  of({ type, id }: Parent): Promise<Comment[]> {
    return this.comments
      .find({ parentId: id, parentType: type, ...there })
      .sort({ at: 1, _id: 1 })
      .limit(mostComments)
      .lean<Comment[]>()
  }

  /** The newest are on page 1; on each page the oldest stands first. */
  async onPage({ type, id }: Parent, page: number): Promise<{ comments: Comment[]; total: number; pages: number }> {
    const filter = { parentId: id, parentType: type, ...there }
    const newest = this.comments.find(filter).sort({ at: -1, _id: -1 })
    const [comments, total] = await Promise.all([
      newest
        .skip((page - 1) * onOnePage)
        .limit(onOnePage)
        .lean<Comment[]>(),
      this.comments.countDocuments(filter),
    ])
    return { comments: comments.reverse(), total, pages: Math.ceil(total / onOnePage) }
  }

  /** @throws NotFound when it is not one of this parent */
  async find({ type, id }: Parent, _id: string): Promise<Comment> {
    const found = await this.comments.findOne({ _id, parentId: id, parentType: type, ...there }).lean<Comment>()
    if (found === null) throw new NotFound('There is no such comment here any more. Look at the page again.')
    return found
  }

  /** The page of `onPage` that a comment stands on. */
  async pageOf({ type, id }: Parent, { _id, at }: Comment): Promise<number> {
    const isNewer = { $or: [{ at: { $gt: at } }, { at, _id: { $gt: _id } }] }
    const newer = await this.comments.countDocuments({ parentId: id, parentType: type, ...there, ...isNewer })
    return Math.floor(newer / onOnePage) + 1
  }

  /** Those of the ids that are there, whatever their parents. */
  among(ids: readonly string[]): Promise<Comment[]> {
    return this.comments.find({ _id: { $in: [...ids] }, ...there }).lean<Comment[]>()
  }

  /** Who said something under any of these parents, and when. */
  async saidUnder(type: string, parentIds: readonly string[]): Promise<Pick<Comment, 'parentId' | 'byId' | 'at'>[]> {
    const said: Pick<Comment, 'parentId' | 'byId' | 'at'>[] = []
    for (let from = 0; from < parentIds.length; from += parentsAtOnce) {
      const part = { parentId: { $in: parentIds.slice(from, from + parentsAtOnce) }, parentType: type, ...there }
      said.push(...(await this.comments.find(part).select({ parentId: 1, byId: 1, at: 1 }).lean<Comment[]>()))
    }
    return said
  }

  /** @param _id  of the form that it came with: sent twice, it is kept once @throws Conflict when there are too many */
  async add({ type, id }: Parent, said: Pick<Comment, '_id' | 'byId' | 'text' | 'passage'>): Promise<Comment> {
    const { _id, byId, text, passage } = said
    await this.refuseMany({ type, id }, byId)
    const at = this.clock.now()
    const comment: Comment = { _id, parentType: type, parentId: id, byId, text, at, rev: 1, pendingSince: at }
    if (passage !== undefined) comment.passage = passage
    try {
      await this.comments.insertMany([comment], { lean: true })
    } catch (error) {
      if (!isTaken(error)) throw error
      const kept = await this.find({ type, id }, _id)
      if (kept.byId !== byId || kept.text !== text || kept.passage !== passage)
        throw new Conflict('This form was sent before, with another text. Load the page again and write it there.')
      return kept
    }
    this.comments.db.emit('pending')
    return comment
  }

  /** For imports: as it was said then. */
  async restore({ type, id }: Parent, said: Pick<Comment, '_id' | 'byId' | 'text' | 'at'>): Promise<void> {
    await this.comments.insertMany([{ ...said, parentType: type, parentId: id, rev: 1, pendingSince: this.clock.now() }], { lean: true })
    this.comments.db.emit('pending')
  }

  /** Twice is once. */
  async resolve({ _id }: Comment, byId: string): Promise<void> {
    await this.comments.updateOne({ _id, resolved: { $exists: false }, ...there }, { $set: { resolved: { byId, at: this.clock.now() } } })
  }

  async reopen({ _id }: Comment): Promise<void> {
    await this.comments.updateOne({ _id, ...there }, { $unset: { resolved: 1 } })
  }

  async remove({ _id }: Comment): Promise<void> {
    const now = this.clock.now()
    await this.comments.updateOne(
      { _id, ...there },
      { $set: { deletedAt: now, pendingSince: now, text: '' }, $unset: { passage: 1 }, $inc: { rev: 1 } },
    )
    this.comments.db.emit('pending')
  }

  /** With its parent, which is gone for everybody. */
  async forgetAll({ type, id }: Parent): Promise<void> {
    await this.comments.deleteMany({ parentId: id, parentType: type })
  }

  /** For the search type of the parents. */
  childrenOf(type: string): SearchChildren {
    return {
      field: 'body',
      pending: most =>
        this.comments
          .find({ pendingSince: { $exists: true }, parentType: type })
          .sort({ pendingSince: 1 })
          .limit(most)
          .select({ parentId: 1, rev: 1 })
          .lean<PendingChild[]>(),
      raised: children => this.raised(children),
      textsOf: parentIds => this.textsOf(type, parentIds),
    }
  }

  private async raised(children: readonly PendingChild[]): Promise<void> {
    for (const { _id, rev } of children) {
      await this.comments.deleteOne({ _id, rev, deletedAt: { $exists: true } })
      await this.comments.updateOne({ _id, rev }, { $unset: { pendingSince: 1 } })
    }
  }

  private async textsOf(type: string, parentIds: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.comments
      .find({ parentId: { $in: [...parentIds] }, parentType: type, ...there })
      .sort({ at: 1, _id: 1 })
      .select({ parentId: 1, text: 1 })
      .lean<Pick<Comment, 'parentId' | 'text'>[]>()
    const texts = new Map<string, string[]>()
    for (const { parentId, text } of found) texts.set(parentId, [...(texts.get(parentId) ?? []), markdownToText(text)])
    return new Map([...texts].map(([parentId, lines]) => [parentId, lines.join('\n')]))
  }

  private async refuseMany({ type, id }: Parent, byId: string): Promise<void> {
    const since = new Date(this.clock.now().getTime() - hourMs)
    const [here, own] = await Promise.all([
      this.comments.countDocuments({ parentId: id, parentType: type, ...there }),
      this.comments.countDocuments({ byId, at: { $gte: since } }),
    ])
    if (here >= mostComments)
      throw new Conflict(`There are ${mostComments.toLocaleString('en-GB')} comments here, which is the most there can be.`)
    if (own >= mostInAnHour)
      throw new Conflict(`You wrote ${mostInAnHour} comments within an hour, which is the most there can be. Go on later.`)
  }
}
