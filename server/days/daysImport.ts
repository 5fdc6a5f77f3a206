import { z } from 'zod'
import type { FeatureServices } from '../feature.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../imports/importer.ts'
import { readDate } from '../imports/readDate.ts'
import { givenChoice, givenLine, givenList, givenText, neededLine, readRow, sourceId } from '../imports/rowFields.ts'
import { localDate } from '../people/absence.ts'
import { actionStates } from '../programme/actionStates.ts'
import { IndexedWrite } from '../storage/indexedWrite.ts'
import { newId } from '../storage/newId.ts'
import { withFreeSlug } from '../storage/takenSlug.ts'
import { type Day, dayVisibilities, type Priority, readersOfDay, type Session } from './dayModel.ts'
import { dayStates } from './dayStates.ts'
import { timesOf } from './dayTimes.ts'

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 09:30')
const text = givenText(10_000)

const session = z.strictObject({
  ...{ title: neededLine(), about: text, track: givenLine(100), start: time, end: time },
  ...{ speakers: givenList(), reading: givenList(), skills: givenList() },
})
const priority = z.strictObject({
  text: neededLine(),
  /** Dots by organisation. */
  votes: z.record(z.string(), z.number().int().min(0)).optional(),
})
const decision = z.strictObject({ text: neededLine(), why: text, agreed: givenList(), review: z.unknown().optional() })
const action = z.strictObject({
  ...{ text: neededLine(), owner: neededLine(), due: z.unknown().optional(), state: givenChoice(actionStates) },
  /** The text of the priority that it serves. */
  serves: givenLine(),
  /** What shows that it is done, or why it is blocked or dropped. */
  said: text,
})

/** As they were approved. */
const minutes = z.strictObject({ text: givenText(100_000), by: neededLine(), date: z.unknown() })

const schema = z.strictObject({
  id: sourceId,
  title: neededLine(),
  purpose: text,
  date: z.unknown(),
  ...{ start: time, end: time, venue: givenLine(), access: givenLine(500), call: givenLine(500) },
  organisation: neededLine(),
  hosts: givenList(20),
  capacity: z.number().int().min(1).optional(),
  visibility: givenChoice(dayVisibilities),
  chosen: givenList(),
  state: givenChoice(dayStates),
  /** The id of the day before it in its series. */
  previous: givenLine(),
  registered: givenList(500),
  /** People by organisation. */
  attendance: z.record(z.string(), z.number().int().min(1)).optional(),
  sessions: z.array(session).max(100).optional(),
  dots: z.number().int().min(1).optional(),
  priorities: z.array(priority).max(30).optional(),
  decisions: z.array(decision).max(100).optional(),
  actions: z.array(action).max(200).optional(),
  minutes: minutes.optional(),
  /** What came up on the day: ids of requests and offers in their files. */
  ...{ requests: givenList(100), offers: givenList(100) },
})
type Row = z.infer<typeof schema>

type Needed = Pick<
  FeatureServices,
  'organisations' | 'skills' | 'articles' | 'authors' | 'actions' | 'decisions' | 'minutes' | 'raisedRecords'
> & {
  models: Pick<FeatureServices['models'], 'days'>
}

/** Days with what they agreed, from a file. One that is there stays as it is. */
export async function daysImport({ models, ...services }: Needed, { clock }: ImportContext): Promise<Importer<Row>> {
  const organisations = await services.organisations.forImport()
  const skills = await services.skills.forImport()
  const write = new IndexedWrite<Day>(models.days, 'title', clock)
  const bySourceId = (id: string) => models.days.findOne({ sourceId: id }).asSystem('a file names what it gave').lean<Day>()

  function dateOf(given: unknown): string | undefined {
    const date = readDate(given, clock.now())
    return date === undefined ? undefined : localDate(date)
  }

  async function keepOne(row: Row): Promise<Outcome> {
    if ((await bySourceId(row.id)) !== null) return 'unchanged'
    const people = await peopleOf(row)
    const day = await dayOf(row, people)
    const agreed = decisionsOf(row, day)
    const asked = (row.actions ?? []).map(given => actionOf(given, day, people))
    const approved = minutesOf(row, people)
    const raised = await services.raisedRecords.named(row)
    if (approved !== undefined) await services.minutes.restore(day, approved)
    await withFreeSlug(row.title, day._id, slug => write.create({ ...day, ...(approved === undefined ? {} : { minutes: approved }), slug }))
    await services.raisedRecords.cameUpOn(day._id, raised)
    for (const made of agreed) await services.decisions.add(made)
    for (const { action: made, so } of asked) await services.actions.restore(made, so)
    return 'added'
  }

  type People = (reference: string) => { _id: string; organisationId: string }

  async function peopleOf({ hosts = [], registered = [], sessions = [], actions = [], minutes: given }: Row): Promise<People> {
    const references = [
      ...hosts,
      ...registered,
      ...sessions.flatMap(({ speakers = [] }) => speakers),
      ...actions.map(({ owner }) => owner),
      ...(given === undefined ? [] : [given.by]),
    ]
    const named = await services.authors.named(references)
    return reference => {
      const found = named.find(reference)
      if (found?.organisationId === undefined) throw new RowRefused(`there is nobody "${reference}" here`)
      return { _id: found._id, organisationId: found.organisationId }
    }
  }

  async function dayOf(row: Row, people: People) {
    const { title, purpose = '', start, end, visibility = 'partnership', state = 'published', hosts = [], registered = [] } = row
    const times = timesFrom(row, start, end)
    const previous = row.previous === undefined ? undefined : await bySourceId(row.previous)
    if (previous === null) throw new RowRefused(`there is no day "${row.previous}" before it`)
    const shared = {
      organisationId: organisations.get(row.organisation)._id,
      hostIds: hosts.map(host => people(host)._id),
      visibility,
      chosenOrganisationIds: (row.chosen ?? []).map(name => organisations.get(name)._id),
      state,
    }
    const at = new Date(Math.min(times.startsAt.getTime(), clock.now().getTime()))
    return {
      ...{ _id: newId(), title, purpose, ...times, ...shared, readers: readersOfDay(shared), changes: [], declinedIds: [] },
      ...(row.venue === undefined ? {} : { venue: { name: row.venue, ...(row.access === undefined ? {} : { access: row.access }) } }),
      ...(row.call === undefined ? {} : { callUrl: row.call }),
      ...(row.capacity === undefined ? {} : { capacity: row.capacity }),
      sessions: await sessionsOf(row, people),
      registrations: registered.map(name => ({ personId: people(name)._id, organisationId: people(name).organisationId, at })),
      priorities: (row.priorities ?? []).map(priorityOf),
      ...(row.priorities?.some(({ votes }) => votes) ? { vote: { dots: row.dots ?? 3, state: 'closed' as const } } : {}),
      ...(previous === undefined ? {} : { previousId: previous._id }),
      ...(row.attendance === undefined
        ? {}
        : {
            attendance: Object.entries(row.attendance).map(([name, count]) => ({
              organisationId: organisations.get(name)._id,
              people: count,
            })),
          }),
      ...{ revision: 1, createdAt: at, updatedAt: at, sourceId: row.id },
    }
  }

  function minutesOf({ minutes: given }: Row, people: People): Day['minutes'] {
    if (given?.text === undefined) return undefined
    const at = readDate(given.date, clock.now())
    if (at === undefined) throw new RowRefused('the date of the minutes cannot be read')
    return { number: 1, text: given.text, approvals: [{ number: 1, byId: people(given.by)._id, at }] }
  }

  function timesFrom({ date }: Row, start: string, end: string) {
    const on = dateOf(date)
    if (on === undefined) throw new RowRefused('date cannot be read')
    const problems: Record<string, string> = {}
    const times = timesOf({ date: on, start, end }, problems)
    if (times === undefined) throw new RowRefused(Object.values(problems).join('; '))
    return times
  }

  async function sessionsOf({ sessions = [] }: Row, people: People): Promise<Session[]> {
    const articles = await services.articles.bySourceIds(sessions.flatMap(({ reading = [] }) => reading))
    const articleIds = new Map(articles.map(({ sourceId: id, _id }) => [id, _id]))
    return sessions.map(({ title, about, track, start, end, speakers = [], reading = [], skills: named = [] }) => ({
      ...{ id: newId(), title, start, end },
      ...(about === undefined ? {} : { about }),
      ...(track === undefined ? {} : { track }),
      speakerIds: speakers.map(speaker => people(speaker)._id),
      reading: reading.map(id => articleIds.get(id) ?? refuse(`there is no article "${id}"`)),
      skillIds: named.map(name => skills.get(name)._id),
    }))
  }

  function priorityOf({ text: said, votes }: NonNullable<Row['priorities']>[number]): Priority {
    if (votes === undefined) return { id: newId(), text: said }
    const byOrganisation = Object.entries(votes).map(([name, dots]) => ({ organisationId: organisations.get(name)._id, dots }))
    return { id: newId(), text: said, dots: byOrganisation.reduce((sum, { dots }) => sum + dots, 0), byOrganisation }
  }

  type Kept = Pick<Day, '_id' | 'readers' | 'priorities' | 'endsAt'>

  const decisionsOf = ({ decisions = [] }: Row, { _id: dayId, readers }: Kept) =>
    decisions.map(({ text: title, why = '', agreed = [], review }) => ({
      ...{ title, why, agreedByIds: agreed.map(name => organisations.get(name)._id) },
      ...{ reviewOn: dateOf(review), source: { dayId }, readers },
    }))

  function actionOf(
    { text: title, owner, due, state = 'open', serves, said }: NonNullable<Row['actions']>[number],
    day: Kept,
    people: People,
  ) {
    const { _id: ownerId, organisationId } = people(owner)
    const served = day.priorities.find(({ text: priorityText }) => priorityText === serves)
    if (serves !== undefined && served === undefined) throw new RowRefused(`there is no priority "${serves}"`)
    const source = { dayId: day._id, ...(served === undefined ? {} : { priorityId: served.id }) }
    return {
      action: { title, source, readers: day.readers, due: dateOf(due), ownerId, organisationId },
      so: { state, said, at: day.endsAt },
    }
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'title', 'date', 'start', 'end', 'organisation'],
    read: cells => readRow(schema, 'days', cells),
    async keep(rows) {
      const outcomes: Outcome[] = []
      for (const row of rows) {
        try {
          outcomes.push(await keepOne(row))
        } catch (error) {
          if (!(error instanceof RowRefused)) throw error
          outcomes.push({ refused: error.message })
        }
      }
      return outcomes
    },
  }
}

function refuse(why: string): never {
  throw new RowRefused(why)
}
