import type { SignedInPerson } from '../access/accessTokens.ts'
import { Conflict, NotFound } from '../failures.ts'
import type { Models } from '../models.ts'
import { isTaken } from '../storage/takenSlug.ts'
import type { Followable, Subject } from './followable.ts'
import type { FollowedByPerson } from './followingModel.ts'

export const mostFollowed = 200

export interface Followed extends Subject {
  kind: string
  /** The ids under which it is followed, which are others than its own when it took something else up. */
  followedIds: readonly string[]
}

/** What somebody follows, as far as they may see it now. */
export interface AllFollowed {
  subjects: readonly Followed[]
  /** They have followed something at some time, if nothing any more. */
  hasBegun: boolean
}

interface Kept {
  token: string
  kind: string
  id: string
}

/** What people follow, to be shown what is new of it. One record a person, so that a single write decides. */
export class Following {
  readonly kinds: readonly Followable[]
  private readonly followings: Models['followings']

  constructor(models: Pick<Models, 'followings'>, kinds: readonly Followable[]) {
    this.followings = models.followings
    this.kinds = kinds
  }

  async all(person: SignedInPerson): Promise<AllFollowed> {
    const record = await this.followings.findById(person.id).lean<FollowedByPerson>()
    return { subjects: record === null ? [] : await this.resolved(person, record.follows.map(asKept)), hasBegun: record !== null }
  }

  /** Who follows it, by id. */
  async followersOf(kind: string, id: string): Promise<string[]> {
    const found = await this.followings
      .find({ follows: tokenOf(kind, id) })
      .select({ _id: 1 })
      .lean<FollowedByPerson[]>()
    return found.map(({ _id }) => _id)
  }

  /** Those who follow something and whose news was not looked for since then, by id; in portions. */
  async dueForNews(before: Date, { after, most }: { after: string; most: number }): Promise<FollowedByPerson[]> {
    const due = [{ newsUntil: { $exists: false } }, { newsUntil: { $lt: before } }]
    return this.followings
      .find({ _id: { $gt: after }, 'follows.0': { $exists: true }, $or: due })
      .sort({ _id: 1 })
      .limit(most)
      .lean<FollowedByPerson[]>()
  }

  async newsLookedFor({ _id }: Pick<FollowedByPerson, '_id'>, newsUntil: Date): Promise<void> {
    await this.followings.updateOne({ _id }, { $set: { newsUntil } })
  }

  /** How many people follow it, under this id. */
  async countOf(kind: string, id: string): Promise<number> {
    return this.followings.countDocuments({ follows: tokenOf(kind, id) })
  }

  async follows(person: SignedInPerson, kind: string, { id }: Pick<Subject, 'id'>): Promise<boolean> {
    return (await this.tokensFor(person, kind, id)).length > 0
  }

  /** @throws NotFound when it is hidden from the person as when there is none */
  async subject(person: SignedInPerson, kind: string, slug: string): Promise<Subject> {
    const followable = this.kinds.find(candidate => candidate.kind === kind)
    if (followable === undefined) throw new NotFound('There is nothing to follow at this address.')
    return followable.bySlug(person, slug)
  }

  /** Following twice is following once. @throws Conflict when there is no room for more */
  async follow(person: SignedInPerson, kind: string, { id }: Pick<Subject, 'id'>): Promise<void> {
    const token = tokenOf(kind, id)
    if (await this.add(person.id, token)) return
    await this.forgetGone(person)
    if (await this.add(person.id, token)) return
    throw new Conflict(`You follow ${mostFollowed} things, which is the most there can be. Stop following one of them first.`)
  }

  async stop(person: SignedInPerson, kind: string, { id }: Pick<Subject, 'id'>): Promise<void> {
    await this.drop(person.id, await this.tokensFor(person, kind, id))
  }

  /** @returns false when there is no room; when two come at once for the first time, the second is told so too, and tries again */
  private async add(personId: string, token: string): Promise<boolean> {
    const hasRoom = { [`follows.${mostFollowed - 1}`]: { $exists: false } }
    try {
      await this.followings.updateOne({ _id: personId, ...hasRoom }, { $addToSet: { follows: token } }, { upsert: true })
      return true
    } catch (error) {
      if (!isTaken(error)) throw error
      return (await this.followings.countDocuments({ _id: personId, follows: token })) > 0
    }
  }

  /** Those who left, and what is hidden by now, make room for others. */
  private async forgetGone(person: SignedInPerson): Promise<void> {
    const record = await this.followings.findById(person.id).lean<FollowedByPerson>()
    const kept = (record?.follows ?? []).map(asKept)
    const there = new Set((await this.resolved(person, kept)).flatMap(({ kind, followedIds }) => followedIds.map(id => tokenOf(kind, id))))
    await this.drop(
      person.id,
      kept.map(({ token }) => token).filter(token => !there.has(token)),
    )
  }

  private async drop(personId: string, tokens: readonly string[]): Promise<void> {
    if (tokens.length > 0) await this.followings.updateOne({ _id: personId }, { $pull: { follows: { $in: [...tokens] } } })
  }

  /** Under which it is followed: its own, and those of what was merged into it. */
  private async tokensFor(person: SignedInPerson, kind: string, id: string): Promise<string[]> {
    const record = await this.followings.findById(person.id).lean<FollowedByPerson>()
    const alike = (record?.follows ?? []).map(asKept).filter(kept => kept.kind === kind)
    const found = (await this.resolved(person, alike)).find(subject => subject.id === id)
    return (found?.followedIds ?? []).map(followedId => tokenOf(kind, followedId))
  }

  /** One question for each kind; what took another up stands there once. */
  private async resolved(person: SignedInPerson, kept: readonly Kept[]): Promise<Followed[]> {
    const ofKinds = this.kinds.map(async ({ kind, byIds }) => {
      const ids = kept.filter(each => each.kind === kind).map(({ id }) => id)
      const found = ids.length === 0 ? [] : [...(await byIds(person, ids))]
      const subjects = new Map(found.map(([, subject]) => [subject.id, subject]))
      return [...subjects.values()].map(subject => ({
        kind,
        ...subject,
        followedIds: found.filter(([, { id }]) => id === subject.id).map(([id]) => id),
      }))
    })
    return (await Promise.all(ofKinds)).flat()
  }
}

const tokenOf = (kind: string, id: string) => `${kind}:${id}`

function asKept(token: string): Kept {
  const end = token.indexOf(':')
  return { token, kind: token.slice(0, end), id: token.slice(end + 1) }
}
