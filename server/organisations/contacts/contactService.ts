import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, Invalid } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { localDate } from '../../people/absence.ts'
import type { OrganisationService } from '../organisationService.ts'
import type { TeamService } from '../teamService.ts'
import type { Subject } from './callMatches.ts'
import { type CallOrder, type Contact, contactsIn, type Step } from './contact.ts'
import { readContactLine } from './contactLine.ts'
import { type Answering, type Colleague, coverOf, type FindColleague, type Presence, presenceOf, whoAnswers } from './whoAnswers.ts'

/** What contacts need of people. */
export interface Colleagues {
  named(which: { ids: readonly string[] } | { sourceIds: readonly string[] }, reader: Reader): Promise<Colleague[]>
  called(name: string, reader: Reader): Promise<Colleague[]>
}

interface Collaborators {
  organisations: OrganisationService
  teams: TeamService
  people: Colleagues
  clock: Clock
}

export interface TypedStep {
  contact?: string | undefined
  cover?: string | undefined
}

/** An organisation or team with everybody it names, and who answers now. */
export interface Called {
  subject: Subject
  answering: Answering
  steps: { contact: Presence; cover?: Presence }[]
}

export const organisationIdOf = ({ kind, record }: Subject): string => (kind === 'organisation' ? record._id : record.organisationId)

/** Whom to call at an organisation or team: everybody reads it, administrators of the organisation keep it. */
export class ContactService {
  private readonly models: Pick<Models, 'organisations' | 'teams'>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'organisations' | 'teams'>, collaborators: Collaborators) {
    this.models = models
    this.with = collaborators
  }

  /** @throws NotFound */
  async subject(reader: Reader, kind: Subject['kind'], slug: string): Promise<Subject> {
    return kind === 'organisation'
      ? { kind, record: await this.with.organisations.bySlug(reader, slug) }
      : { kind, record: await this.with.teams.bySlug(reader, slug) }
  }

  /** @throws NotFound, Forbidden */
  async keepable(keeper: SignedInPerson, kind: Subject['kind'], slug: string): Promise<Subject> {
    const subject = await this.subject(keeper, kind, slug)
    if (!may(keeper, { verb: 'keep contacts', record: { organisationId: organisationIdOf(subject) } }))
      throw new Forbidden('Only administrators of the organisation change whom to call.')
    return subject
  }

  /** Every organisation that takes part, each followed by its teams. */
  async subjects(reader: Reader): Promise<Subject[]> {
    const [organisations, teams] = await Promise.all([this.with.organisations.list(reader), this.with.teams.list(reader)])
    return organisations
      .filter(({ status }) => status !== 'left')
      .flatMap((record): Subject[] => [
        { kind: 'organisation', record },
        ...teams.filter(({ organisationId }) => organisationId === record._id).map((team): Subject => ({ kind: 'team', record: team })),
      ])
  }

  /** In the same order. */
  async called(reader: Reader, subjects: readonly Subject[]): Promise<Called[]> {
    const orders = subjects.map(({ record }) => record.callOrder ?? [])
    const find = await this.colleaguesIn(orders.flat(), reader)
    const today = localDate(this.with.clock.now())
    return subjects.map((subject, position) => {
      const order = orders[position] ?? []
      const steps = order.map(({ contact, cover }) => ({
        contact: presenceOf(contact, find, today),
        ...(cover === undefined ? {} : { cover: presenceOf(cover, find, today) }),
      }))
      return { subject, steps, answering: whoAnswers(order, find, today) }
    })
  }

  /** The names of those whom a form names, as they would be typed; empty for who is not here any more. */
  async nameOf(reader: Reader, { record }: Subject): Promise<(contact: Contact) => string> {
    const find = await this.colleaguesIn(record.callOrder ?? [], reader)
    const ambiguous = new Set<string>()
    for (const { name } of contactsIn(record.callOrder ?? []).flatMap(contact => find(contact) ?? []))
      if ((await this.with.people.called(name, reader)).length > 1) ambiguous.add(name)
    return contact => {
      const person = find(contact)
      if (person === undefined) return ''
      return ambiguous.has(person.name) ? person.slug : person.name
    }
  }

  /**
   * @param opened  the revision that the form was opened with
   * @throws Invalid with a message per field, Conflict when somebody else saved in between
   */
  async keep(keeper: SignedInPerson, kind: Subject['kind'], slug: string, typed: readonly TypedStep[], opened: number): Promise<void> {
    const { record } = await this.keepable(keeper, kind, slug)
    const callOrder = await this.readSteps(typed, keeper)
    const filter = { _id: record._id, contactsRevision: opened === 0 ? { $exists: false } : opened }
    const change = { $set: { callOrder }, $inc: { contactsRevision: 1 } }
    const { matchedCount } =
      kind === 'organisation'
        ? await this.models.organisations.updateOne(filter, change)
        : await this.models.teams.updateOne(filter, change)
    if (matchedCount === 0) throw new Conflict('Somebody else changed the contacts while you had them open. What you typed is still below.')
  }

  private async readSteps(typed: readonly TypedStep[], reader: Reader): Promise<CallOrder> {
    const problems: Record<string, string> = {}
    const read = async (field: string, text: string | undefined): Promise<Contact | undefined> => {
      if (text === undefined) return undefined
      const line = await this.readLine(text, reader)
      if ('problem' in line) problems[field] = line.problem
      return 'problem' in line ? undefined : line
    }
    const steps: (Step | undefined)[] = []
    for (const [position, { contact, cover }] of typed.entries()) {
      const number = position + 1
      const called = await read(`contact${number}`, contact)
      const covering = await read(`cover${number}`, cover)
      if (contact === undefined && cover !== undefined) problems[`contact${number}`] = 'Name the contact that this cover stands in for'
      steps.push(called === undefined ? undefined : { contact: called, ...(covering === undefined ? {} : { cover: covering }) })
    }
    if (Object.keys(problems).length > 0) throw new Invalid(problems)
    return steps.filter(step => step !== undefined)
  }

  private async readLine(text: string, reader: Reader): Promise<Contact | { problem: string }> {
    const line = readContactLine(text)
    if ('problem' in line) return line
    if ('shared' in line) return line.shared
    const found = await this.with.people.called(line.person, reader)
    if (found.length > 1)
      return { problem: `${found.length} people are called “${line.person}”. Type the end of the profile's address instead` }
    if (found[0] !== undefined) return { personId: found[0]._id }
    return { problem: `There is no “${line.person}” here. Type the name as on the profile, or a name with an e-mail address or number` }
  }

  private async colleaguesIn(order: CallOrder, reader: Reader): Promise<FindColleague> {
    const known = await this.load(contactsIn(order), reader)
    const covering = await this.load(
      known.flatMap(({ absence }) => coverOf(absence)),
      reader,
    )
    const all = [...known, ...covering]
    const byId = new Map(all.map(person => [person._id, person]))
    const bySource = new Map(all.flatMap(person => (person.sourceId === undefined ? [] : [[person.sourceId, person] as const])))
    return ({ personId, sourceId }) => (personId === undefined ? bySource.get(sourceId ?? '') : byId.get(personId))
  }

  private async load(contacts: readonly Contact[], reader: Reader): Promise<Colleague[]> {
    const ids = [...new Set(contacts.flatMap(({ personId }) => personId ?? []))]
    const sourceIds = [...new Set(contacts.flatMap(({ sourceId }) => sourceId ?? []))]
    const { people } = this.with
    return [
      ...(ids.length === 0 ? [] : await people.named({ ids }, reader)),
      ...(sourceIds.length === 0 ? [] : await people.named({ sourceIds }, reader)),
    ]
  }
}
