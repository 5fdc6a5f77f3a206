import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import type { FeatureServices } from '../../feature.ts'
import { changedFields } from '../../imports/changedFields.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { readDate } from '../../imports/readDate.ts'
import { givenChoice, givenLine, givenList, givenText, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import { localDate } from '../../people/absence.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import { type Offer, offerKinds, readersOfOffer } from './offerModel.ts'

const schema = z.strictObject({
  id: sourceId,
  title: neededLine(),
  kind: givenChoice(offerKinds).unwrap(),
  text: givenText(5_000),
  organisation: neededLine(),
  /** The id of a team or a person in their files. */
  owner: neededLine(),
  skills: givenList(),
  visibility: givenChoice(visibilities),
  chosen: givenList(),
  limit: givenLine(),
  until: z.unknown().optional(),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'organisations' | 'teams' | 'skills' | 'authors'> & {
  models: Pick<FeatureServices['models'], 'offers'>
}

/** Offers from a file. What is given again changes what it gave, and leaves alone whether it has ended. */
export async function offersImport({ models, ...services }: Needed, { clock, warn }: ImportContext): Promise<Importer<Row>> {
  const organisations = await services.organisations.forImport()
  const teams = await services.teams.forImport()
  const skills = await services.skills.forImport()
  const write = new IndexedWrite<Offer>(models.offers, 'title', clock)

  async function wanted(row: Row) {
    const organisationId = organisations.get(row.organisation)._id
    const owner = await ownerOf(row, organisationId)
    const { title, kind, text = '', visibility = 'partnership', limit } = row
    if (visibility === 'team' && owner.teamId === undefined) throw new RowRefused('visibility is "team", but the owner is not a team')
    const day = readDate(row.until, clock.now())
    if (row.until !== undefined && day === undefined) warn('dates that could not be read, and were left out')
    const content = {
      ...{ title, kind, text, organisationId, owner, visibility },
      chosenOrganisationIds: (row.chosen ?? []).map(name => organisations.get(name)._id),
      skillIds: (row.skills ?? []).map(name => skills.get(name)._id),
      ...(limit === undefined ? {} : { limit }),
      ...(day === undefined ? {} : { until: localDate(day) }),
    }
    return { ...content, readers: readersOfOffer(content) }
  }

  async function ownerOf({ owner }: Row, organisationId: string): Promise<Offer['owner']> {
    const team = teams.maybe(owner, record => record.organisationId === organisationId)
    if (team !== undefined) return { teamId: team._id }
    const person = (await services.authors.named([owner])).find(owner, organisationId)
    if (person === undefined) throw new RowRefused(`there is no team or person "${owner}" to offer it`)
    return { personId: person._id }
  }

  async function keepOne(row: Row): Promise<Outcome> {
    const content = await wanted(row)
    const now = clock.now()
    const existing = await models.offers.findOne({ sourceId: row.id }).asSystem('a file names what it gave').lean<Offer>()
    if (existing === null) {
      const _id = newId()
      const made = { ...content, _id, state: 'open' as const, revision: 1, createdAt: now, updatedAt: now, sourceId: row.id }
      await withFreeSlug(row.title, _id, slug => write.create({ ...made, slug }))
      return 'added'
    }
    const changed = changedFields<Offer>(existing, content)
    if (changed === undefined) return 'unchanged'
    await write.update({ _id: existing._id, revision: existing.revision }, { $set: { ...changed, updatedAt: now }, $inc: { revision: 1 } })
    return 'changed'
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'title', 'kind', 'organisation', 'owner'],
    read: cells => readRow(schema, 'offers', cells),
    async keep(rows) {
      const outcomes: Outcome[] = []
      for (const row of rows) outcomes.push(await keepOne(row).catch(refusedRow))
      return outcomes
    },
  }
}

function refusedRow(error: unknown): Outcome {
  if (!(error instanceof RowRefused)) throw error
  return { refused: error.message }
}
