import { z } from 'zod'
import type { FeatureServices } from '../../feature.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { readDate } from '../../imports/readDate.ts'
import { givenChoice, givenLine, givenList, givenText, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import { levels } from '../../skills/levels.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import { longestText } from './requestForms.ts'
import { type HelpRequest, type RequestChange, readersOfRequest, requestVisibilities } from './requestModel.ts'
import { type RequestState, requestStates, requestTypes } from './requestStates.ts'
import { lastsDays } from './requestWriting.ts'

const dayMs = 86_400_000
const answer = z.strictObject({
  by: neededLine(),
  text: neededLine(longestText),
  date: z.unknown().optional(),
  accepted: z.boolean().optional(),
})

const schema = z.strictObject({
  id: sourceId,
  type: givenChoice(requestTypes),
  title: neededLine(),
  text: givenText(longestText),
  /** Who asks: the id of a person in their file, or a name. */
  by: neededLine(),
  visibility: givenChoice(requestVisibilities),
  chosen: givenList(),
  skills: givenList(),
  level: givenChoice(levels),
  effort: givenLine(100),
  until: z.unknown().optional(),
  place: givenLine(100),
  inReturn: givenLine(200),
  state: givenChoice(requestStates),
  /** Who helps. */
  helper: givenLine(),
  date: z.unknown().optional(),
  answers: z.array(answer).max(100).optional(),
  outcome: z.strictObject({ solved: z.boolean(), hours: z.number().optional(), saved: givenLine(), thanks: givenText(1_000) }).optional(),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'organisations' | 'skills' | 'authors' | 'comments'> & {
  models: Pick<FeatureServices['models'], 'requests'>
}

/** The ways that a request of each state has come. */
const ways: Readonly<Record<RequestState, readonly RequestChange['step'][]>> = {
  asked: [],
  matched: ['accept'],
  'under way': ['accept', 'start'],
  done: ['accept', 'start', 'finish'],
  withdrawn: ['withdraw'],
  expired: ['expire'],
}

/** Requests with their answers from a file. One that is there stays as it is. */
export async function requestsImport({ models, ...services }: Needed, { clock, warn }: ImportContext): Promise<Importer<Row>> {
  const organisations = await services.organisations.forImport()
  const skills = await services.skills.forImport()
  const write = new IndexedWrite<HelpRequest>(models.requests, 'title', clock)

  function dateOf(given: unknown): Date | undefined {
    const date = readDate(given, clock.now())
    if (given !== undefined && date === undefined) warn('dates that could not be read, and were left out')
    return date
  }

  async function keepOne(row: Row): Promise<Outcome> {
    const known = models.requests.findOne({ sourceId: row.id }).asSystem('a file names what it gave')
    if ((await known.lean()) !== null) return 'unchanged'
    const references = [row.by, ...(row.helper === undefined ? [] : [row.helper]), ...(row.answers ?? []).map(({ by }) => by)]
    const named = await services.authors.named(references)
    const person = (reference: string) => {
      const found = named.find(reference)
      if (found?.organisationId === undefined) throw new RowRefused(`there is nobody "${reference}" here`)
      return { _id: found._id, organisationId: found.organisationId }
    }
    const _id = newId()
    const answers = (row.answers ?? []).map(given => ({
      ...given,
      _id: newId(),
      byId: person(given.by)._id,
      at: dateOf(given.date) ?? clock.now(),
    }))
    const request = requestOf(row, {
      _id,
      asker: person(row.by),
      helperId: row.helper === undefined ? undefined : person(row.helper)._id,
      answers,
    })
    await withFreeSlug(row.title, _id, slug => write.create({ ...request, slug }))
    for (const { _id: id, byId, text, at } of answers)
      await services.comments.restore({ type: 'request', id: _id }, { _id: id, byId, text, at })
    return 'added'
  }

  interface Found {
    _id: string
    asker: { _id: string; organisationId: string }
    helperId: string | undefined
    answers: readonly { _id: string; byId: string; at: Date; accepted?: boolean | undefined }[]
  }

  function requestOf(row: Row, { _id, asker, helperId, answers }: Found) {
    const { type = 'question', state = 'asked', visibility = 'partnership', title, text = '', level } = row
    const askedAt = dateOf(row.date) ?? clock.now()
    const accepted = answers.find(given => given.accepted)
    const until = dateOf(row.until)?.toISOString().slice(0, 10)
    const shared = {
      askerId: asker._id,
      organisationId: asker.organisationId,
      visibility,
      chosenOrganisationIds: (row.chosen ?? []).map(name => organisations.get(name)._id),
    }
    const outcome = row.outcome === undefined ? {} : { outcome: outcomeOf(row.outcome, askedAt) }
    const changes = changesOf(row, { state, askedAt, askerId: asker._id, helperId, isAnswered: accepted !== undefined })
    return {
      _id,
      type,
      title,
      text,
      ...shared,
      readers: readersOfRequest(shared),
      skills: (row.skills ?? []).map(name => ({ skillId: skills.get(name)._id, ...(level === undefined ? {} : { level }) })),
      ...(type === 'work' ? { work: workOf(row, until) } : {}),
      state,
      changes,
      revision: 1,
      invitations: [],
      ...(helperId === undefined ? {} : { helperId }),
      ...(accepted === undefined ? {} : { acceptedAnswerId: accepted._id }),
      contributorIds: [
        ...new Set([...(accepted === undefined ? [] : [accepted.byId]), ...(row.outcome?.solved && helperId ? [helperId] : [])]),
      ],
      ...outcome,
      ...(answers[0] === undefined ? {} : { firstAnswerAt: answers[0].at }),
      askedAt,
      expiresAt: new Date(askedAt.getTime() + lastsDays * dayMs),
      createdAt: askedAt,
      updatedAt: changes.at(-1)?.at ?? askedAt,
      sourceId: row.id,
    }
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'title', 'by'],
    read: cells => readRow(schema, 'requests', cells),
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

interface Came {
  state: RequestState
  askedAt: Date
  askerId: string
  helperId: string | undefined
  isAnswered: boolean
}

/** A day for each step. */
function changesOf({ type = 'question' }: Row, { state, askedAt, askerId, helperId, isAnswered }: Came): RequestChange[] {
  const steps = state === 'done' && type === 'question' && isAnswered ? ['accept answer' as const] : ways[state]
  let before: RequestState = 'asked'
  const first: RequestChange = { step: 'ask', to: 'asked', byId: askerId, at: askedAt }
  const later = steps.map((step, position): RequestChange => {
    const to: RequestState = step === 'accept' ? 'matched' : step === 'start' ? 'under way' : state
    const byId = step === 'expire' ? {} : { byId: step === 'accept' ? (helperId ?? askerId) : askerId }
    const change = { step, from: before, to, ...byId, at: new Date(askedAt.getTime() + (position + 1) * dayMs) }
    before = to
    return change
  })
  return [first, ...later]
}

const workOf = ({ effort, place, inReturn }: Row, until: string | undefined): NonNullable<HelpRequest['work']> => ({
  ...(effort === undefined ? {} : { effort }),
  ...(until === undefined ? {} : { until }),
  ...(place === undefined ? {} : { place }),
  ...(inReturn === undefined ? {} : { inReturn }),
})

const outcomeOf = ({ solved, hours, saved, thanks }: NonNullable<Row['outcome']>, askedAt: Date): NonNullable<HelpRequest['outcome']> => ({
  isSolved: solved,
  ...(hours === undefined ? {} : { hours }),
  ...(saved === undefined ? {} : { saved }),
  ...(thanks === undefined ? {} : { thanks }),
  at: askedAt,
})
