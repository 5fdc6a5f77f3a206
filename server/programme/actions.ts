import type { Reader, SignedInPerson } from '../access/accessTokens.ts'
import { may } from '../access/may.ts'
import type { Clock } from '../clock.ts'
import { Conflict, Forbidden, Invalid, NotFound } from '../failures.ts'
import type { ArticleWriting } from '../knowledge/articles/articleWriting.ts'
import type { Models } from '../models.ts'
import { localDate } from '../people/absence.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import type { Action } from './actionModel.ts'
import { type ActionState, actionStates, openStates, transitions } from './actionStates.ts'

export interface ActionFilter {
  ownerId?: string
  organisationId?: string
  dayId?: string
  /** Left out, all of which something is still to be done. */
  state?: ActionState | 'overdue' | 'all'
}

export type NewAction = Pick<Action, 'title' | 'organisationId' | 'source' | 'readers'> & {
  ownerId: string | undefined
  due: string | undefined
}

const mostListed = 500
const mostReminded = 1_000

/** What people have to do, with its history. */
export class Actions {
  private readonly actions: Models['actions']
  private readonly write: IndexedWrite<Action>
  private readonly with: { clock: Clock; articleWriting: Pick<ArticleWriting, 'narrowed'> }

  constructor(models: Pick<Models, 'actions'>, collaborators: Actions['with']) {
    this.actions = models.actions
    this.with = collaborators
    this.write = new IndexedWrite(models.actions, 'title', collaborators.clock)
  }

  /** @throws NotFound: a hidden action and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Action> {
    const action = await this.actions.findOne({ slug }).readableBy(reader).lean<Action>()
    if (action === null) throw new NotFound('There is no such action, or it is not shared with you. Search for it, or ask whoever owns it.')
    return action
  }

  /** Those due first come first; those without a date come last. */
  async list(reader: Reader, { ownerId, organisationId, dayId, state }: ActionFilter): Promise<Action[]> {
    const today = localDate(this.with.clock.now())
    const filter = {
      state: { $in: state === 'all' ? [...actionStates] : state === undefined || state === 'overdue' ? [...openStates] : [state] },
      ...(state === 'overdue' ? { due: { $lt: today } } : {}),
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(organisationId === undefined ? {} : { organisationId }),
      ...(dayId === undefined ? {} : { 'source.dayId': dayId }),
    }
    const found = await this.actions.find(filter).readableBy(reader).limit(mostListed).lean<Action[]>()
    return found.sort((a, b) => (a.due ?? '9').localeCompare(b.due ?? '9') || a._id.localeCompare(b._id))
  }

  /** Whoever runs the day asks for it. */
  async add({ ownerId, due, ...action }: NewAction): Promise<Action> {
    const _id = newId()
    const now = this.with.clock.now()
    const optional = { ...(ownerId === undefined ? {} : { ownerId }), ...(due === undefined ? {} : { due }) }
    const complete = { ...action, ...optional, _id, state: 'open' as const, changes: [], doneByIds: [], createdAt: now, updatedAt: now }
    return withFreeSlug(action.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** For imports: one that has come this far. @param said  what shows that it is done, or why it is not */
  async restore(
    { ownerId, due, ...action }: NewAction,
    { state, said, at }: { state: ActionState; said: string | undefined; at: Date },
  ): Promise<Action> {
    const _id = newId()
    const complete = {
      ...{ ...action, _id, state, createdAt: at, updatedAt: at },
      ...(ownerId === undefined ? {} : { ownerId }),
      ...(due === undefined ? {} : { due }),
      changes: state === 'open' ? [] : [{ from: 'open' as const, to: state, at, ...(said === undefined ? {} : { reason: said }) }],
      ...(state === 'done' && said !== undefined ? { proof: said } : {}),
      doneByIds: state === 'done' && ownerId !== undefined ? [ownerId] : [],
    }
    return withFreeSlug(action.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /**
   * @throws Conflict when it cannot become that from what it is now, Invalid when something must be said: what shows that it is done, or why
   * it is blocked or dropped
   */
  async become(person: SignedInPerson, slug: string, to: ActionState, said: string | undefined): Promise<Action> {
    const action = await this.readable(person, slug)
    if (!may(person, { verb: 'keep action', record: action })) throw new Forbidden('Only its owner and coordinators change an action.')
    if (!transitions[action.state].includes(to)) throw new Conflict(`This action is ${action.state} by now, so it does not become ${to}.`)
    if (to === 'done' && said === undefined) throw new Invalid({ said: 'Say what shows that it is done, or give its address' })
    if ((to === 'blocked' || to === 'dropped') && said === undefined) throw new Invalid({ said: `Say why it is ${to}` })
    const at = this.with.clock.now()
    const step = { from: action.state, to, byId: person.id, at, ...(said === undefined ? {} : { reason: said }) }
    const $set = {
      ...{ state: to, updatedAt: at, doneByIds: to === 'done' && action.ownerId !== undefined ? [action.ownerId] : [] },
      ...(to === 'done' && said !== undefined ? { proof: said } : {}),
    }
    const change = { $set, $push: { changes: step }, ...(to === 'done' ? {} : { $unset: { proof: 1 as const } }) }
    const changed = await this.write.update({ _id: action._id, state: action.state }, change)
    if (changed === null) throw new Conflict('Somebody changed this action at the same moment. Open it again.')
    return changed
  }

  /** What comes from a day is read by those who read the day. */
  async shareAs(dayId: string, readers: readonly string[]): Promise<void> {
    const found = await this.actions.find({ 'source.dayId': dayId }).asSystem('readers follow the day').lean<Action[]>()
    for (const { _id, readers: before } of found) {
      await this.write.update({ _id }, { $set: { readers: [...readers] } })
      if (before.some(token => !readers.includes(token))) await this.with.articleWriting.narrowed('action', _id).catch(() => undefined)
    }
  }

  /** For handovers: what somebody still has to do, whoever may read it. */
  ownedBy(ownerIds: readonly string[]): Promise<Action[]> {
    const filter = { ownerId: { $in: [...ownerIds] }, state: { $in: [...openStates] } }
    return this.actions.find(filter).asSystem('what somebody had to do needs somebody new').lean<Action[]>()
  }

  /** @returns whether it was still the owner's */
  async give({ _id }: Pick<Action, '_id'>, ownerId: string, to: string): Promise<boolean> {
    return (await this.write.update({ _id, ownerId, state: { $in: [...openStates] } }, { $set: { ownerId: to } })) !== null
  }

  /** With an owner and a date by then, and not over: for reminders. */
  dueBy(date: string): Promise<Action[]> {
    const filter = { state: { $in: [...openStates] }, due: { $lte: date }, ownerId: { $exists: true } }
    return this.actions.find(filter).asSystem('owners are reminded').sort({ due: 1 }).limit(mostReminded).lean<Action[]>()
  }

  /** Those of the ids that the reader may read. */
  among(reader: Reader, ids: readonly string[]): Promise<Action[]> {
    return this.actions
      .find({ _id: { $in: [...ids] } })
      .readableBy(reader)
      .lean<Action[]>()
  }
}
