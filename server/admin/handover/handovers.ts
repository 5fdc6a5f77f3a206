import { createHash } from 'node:crypto'
import type { SignedInPerson } from '../../access/accessTokens.ts'
import type { AccountAdministration, PersonWithAccount } from '../../accounts/accountAdministration.ts'
import type { AccountService } from '../../accounts/accountService.ts'
import { type Leaving, refuseOneself } from '../../accounts/leaving.ts'
import { Conflict } from '../../failures.ts'
import type { Handover, OwnedPart, Receiver } from '../../handover.ts'
import type { RunningJob } from '../../jobs/runningJob.ts'
import type { Notifications } from '../../notifications/notifications.ts'
import type { TeamService } from '../../organisations/teamService.ts'
import type { Leavers } from '../../people/leavers.ts'
import type { Person } from '../../people/personModel.ts'
import type { PersonService } from '../../people/personService.ts'
import { newId } from '../../storage/newId.ts'
import type { HandoverForm } from './handoverForms.ts'
import type { HandoverOrder, QueuedHandovers } from './queuedHandovers.ts'
import { receiversNamed } from './receivers.ts'

/** What somebody owns, as an administrator sees it. */
export interface OpenedHandover {
  found: PersonWithAccount
  parts: OwnedPart[]
  /** Equal as long as they own the same. */
  fingerprint: string
}

export interface Given {
  title: string
  count: number
  receiver: string
}

export interface HandedOver {
  person: Person
  given: Given[]
  /** A job does it. */
  isQueued?: true
}

interface Collaborators {
  accountAdministration: AccountAdministration
  accounts: AccountService
  leaving: Leaving
  people: PersonService
  leavers: Leavers
  teams: TeamService
  queued: QueuedHandovers
  notifications: Notifications
  parts: readonly Handover[]
}

interface Told {
  byId: string
  ownerId: string
  receiver: Receiver
  count: number
}

export const handedOverKind = 'handed-over'
/** More than these wait for a job. */
const mostAtOnce = 200

/** Hands over what somebody owns, and lets them leave. First the one, then the other: whatever is interrupted can be asked for again. */
export class Handovers {
  private readonly with: Collaborators
  private readonly underway = new Map<string, Promise<HandedOver>>()

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  titleOf(kind: string): string | undefined {
    return this.with.parts.find(part => part.kind === kind)?.title
  }

  get kinds(): string[] {
    return this.with.parts.map(({ kind }) => kind)
  }

  /** @throws NotFound, also for somebody whose account this administrator may not touch */
  async open(administrator: SignedInPerson, slug: string): Promise<OpenedHandover> {
    const found = await this.with.accountAdministration.find(administrator, slug)
    const parts = await Promise.all(
      this.with.parts.map(async handover => {
        const owned = await handover.owned(administrator, [found.person])
        return { handover, things: owned.get(found.person._id) ?? [] }
      }),
    )
    return { found, parts, fingerprint: fingerprintOf(found.person, parts) }
  }

  /**
   * At once, or as a job when it is much. A form that is sent twice is carried out once, and both are answered.
   * @throws Invalid with a message per kind, Conflict when they own something else than when the form was opened
   */
  handOver(administrator: SignedInPerson, slug: string, form: HandoverForm): Promise<HandedOver> {
    const sent = JSON.stringify([administrator.id, slug, form.opened, form.leaves, [...form.answers]])
    const first = this.underway.get(sent) ?? this.handOverOnce(administrator, slug, form).finally(() => this.underway.delete(sent))
    this.underway.set(sent, first)
    return first
  }

  private async handOverOnce(administrator: SignedInPerson, slug: string, { answers, leaves, opened }: HandoverForm): Promise<HandedOver> {
    const { found, parts, fingerprint } = await this.open(administrator, slug)
    const { person } = found
    if (leaves) refuseOneself(administrator, person)
    if (fingerprint !== opened) {
      const toDo = parts.filter(({ handover, things }) => things.length > 0 && answers.get(handover.kind)?.receiver !== undefined)
      if (toDo.length === 0 && (!leaves || person.status === 'left')) return { person, given: [] }
      throw new Conflict(`What ${person.name} owns was changed while you had this open. This is what there is now.`)
    }
    const receivers = await receiversNamed(administrator, { owner: person, parts, answers, leaves }, this.with)
    const order = { person, receivers, leaves, count: countOf(parts, receivers) }
    if (order.count <= mostAtOnce) return { person, given: await this.carryOut(administrator, order) }
    await this.with.queued.ask(administrator, order)
    return { person, given: [], isQueued: true }
  }

  /** The work of the job. */
  async runJob(job: RunningJob): Promise<string> {
    const asked = await this.with.queued.read(job.subject ?? '')
    if (asked === undefined) return 'Nothing is left to hand over'
    const administrator = await this.with.accounts.signedIn(asked.askedById)
    if (administrator === undefined) return 'Nothing was done: whoever asked for it may not be here any more'
    const { found, parts } = await this.open(administrator, asked.slug)
    const receivers = new Map(asked.receivers.map(({ kind, ...receiver }) => [kind, receiver as Receiver]))
    for (const { personId, name } of receivers.values())
      if (personId !== undefined && (await this.isGone(personId))) return `Nothing was done: ${name} has left meanwhile`
    const order = { person: found.person, receivers, leaves: asked.leaves, count: countOf(parts, receivers) }
    const given = await this.carryOut(administrator, order, job)
    return sentenceOf(given, asked.leaves ? found.person.name : undefined)
  }

  private async carryOut(administrator: SignedInPerson, order: HandoverOrder, job?: RunningJob): Promise<Given[]> {
    const { person, receivers, leaves, count: total } = order
    const given: Given[] = []
    let done = 0
    const handedOver = () => job?.report({ done: ++done, total: Math.max(done, total) })
    for (const part of this.with.parts) {
      const receiver = receivers.get(part.kind)
      if (receiver === undefined) continue
      const count = await part.handOver({ administrator, owner: person, receiver, handedOver })
      given.push({ title: part.title, count, receiver: receiver.name })
      if (count > 0) await this.tell(part, { byId: administrator.id, ownerId: person._id, receiver, count })
    }
    if (leaves) await this.with.leaving.leave(administrator, person.slug)
    return given
  }

  private async tell({ kind }: Handover, { byId, ownerId, receiver, count }: Told): Promise<void> {
    if (receiver.personId === undefined) return
    const news = { kind: handedOverKind, event: newId(), to: [receiver.personId], subjectId: ownerId, byId }
    await this.with.notifications.tell({ ...news, facts: { kind, count } })
  }

  private async isGone(personId: string): Promise<boolean> {
    return (await this.with.people.byId(personId))?.status !== 'active'
  }
}

const countOf = (parts: readonly OwnedPart[], receivers: ReadonlyMap<string, Receiver>): number =>
  parts.reduce((sum, { handover, things }) => sum + (receivers.has(handover.kind) ? things.length : 0), 0)

/** "Published articles: 12 now with Ben Cole. Ann Lee is marked as left." */
export function sentenceOf(given: readonly Given[], leaver: string | undefined): string {
  const parts = given.map(({ title, count, receiver }) => `${title}: ${count.toLocaleString('en-GB')} now with ${receiver}.`)
  return [...parts, ...(leaver === undefined ? [] : [`${leaver} is marked as left, and cannot sign in.`])].join(' ')
}

function fingerprintOf({ status }: Person, parts: readonly OwnedPart[]): string {
  const owned = parts.map(({ handover: { kind }, things }) => [kind, things.map(({ id }) => id).sort()])
  return createHash('sha256')
    .update(JSON.stringify([status, owned]))
    .digest('hex')
    .slice(0, 32)
}
