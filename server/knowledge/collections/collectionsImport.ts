import { z } from 'zod'
import { visibilities } from '../../access/readers.ts'
import type { FeatureServices } from '../../feature.ts'
import { changedFields } from '../../imports/changedFields.ts'
import { type ImportContext, type Importer, type Outcome, RowRefused } from '../../imports/importer.ts'
import { givenChoice, givenList, givenText, neededLine, readRow, sourceId } from '../../imports/rowFields.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import { mostArticles } from './collectionContent.ts'
import { type Collection, readersOfCollection } from './collectionModel.ts'

const schema = z.strictObject({
  id: sourceId,
  title: neededLine(),
  summary: givenText(2_000),
  organisation: neededLine(),
  /** The id of a team or a person in their files. */
  owner: neededLine(),
  visibility: givenChoice(visibilities),
  chosen: givenList(),
  /** The ids of articles in their file, in order. */
  articles: givenList(mostArticles),
})
type Row = z.infer<typeof schema>

type Needed = Pick<FeatureServices, 'organisations' | 'teams' | 'articles' | 'authors'> & {
  models: Pick<FeatureServices['models'], 'collections'>
}

/** Collections from a file, which names articles by their ids in the file of articles. */
export async function collectionsImport({ models, ...services }: Needed, { clock }: ImportContext): Promise<Importer<Row>> {
  const organisations = await services.organisations.forImport()
  const teams = await services.teams.forImport()
  const write = new IndexedWrite<Collection>(models.collections, 'title', clock)

  async function wanted(row: Row) {
    const organisationId = organisations.get(row.organisation)._id
    const chosenOrganisationIds = (row.chosen ?? []).map(name => organisations.get(name)._id)
    const found = await services.articles.bySourceIds(row.articles ?? [])
    const ids = new Map(found.map(article => [article.sourceId, article._id]))
    const missing = row.articles?.find(id => !ids.has(id))
    if (missing !== undefined) throw new RowRefused(`there is no article "${missing}"`)
    const owner = await ownerOf(row, organisationId)
    const { title, summary = '', visibility = 'partnership' } = row
    if (visibility === 'team' && owner.teamId === undefined) throw new RowRefused('visibility is "team", but the owner is not a team')
    if (visibility === 'chosen' && chosenOrganisationIds.length === 0)
      throw new RowRefused('visibility is "chosen", but chosen names no organisation')
    const articleIds = (row.articles ?? []).map(id => ids.get(id) as string)
    const content = { title, summary, organisationId, owner, visibility, chosenOrganisationIds, articleIds }
    return { ...content, readers: readersOfCollection(content) }
  }

  async function ownerOf({ owner }: Row, organisationId: string): Promise<Collection['owner']> {
    const team = teams.maybe(owner, record => record.organisationId === organisationId)
    if (team !== undefined) return { teamId: team._id }
    const person = (await services.authors.named([owner])).find(owner, organisationId)
    if (person === undefined) throw new RowRefused(`there is no team or person "${owner}" to own it`)
    return { personId: person._id }
  }

  async function keepOne(row: Row): Promise<Outcome> {
    const content = await wanted(row)
    const now = clock.now()
    const existing = await models.collections.findOne({ sourceId: row.id }).asSystem('a file names what it gave').lean<Collection>()
    if (existing === null) {
      const _id = newId()
      const made = { ...content, _id, revision: 1, createdAt: now, updatedAt: now, sourceId: row.id }
      await withFreeSlug(row.title, _id, slug => write.create({ ...made, slug }))
      return 'added'
    }
    const changed = changedFields<Collection>(existing, content)
    if (changed === undefined) return 'unchanged'
    await write.update({ _id: existing._id, revision: existing.revision }, { $set: { ...changed, updatedAt: now }, $inc: { revision: 1 } })
    return 'changed'
  }

  return {
    columns: Object.keys(schema.shape),
    needed: ['id', 'title', 'organisation', 'owner', 'articles'],
    read: cells => readRow(schema, 'collections', cells),
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
