import type { Reader, SignedInPerson } from '../../access/accessTokens.ts'
import { may } from '../../access/may.ts'
import type { Clock } from '../../clock.ts'
import { Conflict, Forbidden, NotFound } from '../../failures.ts'
import type { Models } from '../../models.ts'
import { IndexedWrite } from '../../storage/indexedWrite.ts'
import { newId } from '../../storage/newId.ts'
import { withFreeSlug } from '../../storage/takenSlug.ts'
import type { ArticleWriting } from '../articles/articleWriting.ts'
import type { CollectionContent } from './collectionContent.ts'
import { type Collection, readersOfCollection } from './collectionModel.ts'

interface Collaborators {
  articleWriting: Pick<ArticleWriting, 'narrowed'>
  clock: Clock
}

const mostBeside = 5
const mostTries = 5

/** The rules of keeping and reading collections. */
export class CollectionService {
  private readonly collections: Models['collections']
  private readonly write: IndexedWrite<Collection>
  private readonly with: Collaborators

  constructor(models: Pick<Models, 'collections'>, collaborators: Collaborators) {
    this.collections = models.collections
    this.with = collaborators
    this.write = new IndexedWrite(models.collections, 'title', collaborators.clock)
  }

  /** @throws NotFound: a hidden collection and a missing one look the same */
  async readable(reader: Reader, slug: string): Promise<Collection> {
    const collection = await this.collections.findOne({ slug }).readableBy(reader).lean<Collection>()
    if (collection === null)
      throw new NotFound('There is no such collection, or it is not shared with you. Search for it, or ask its owner.')
    return collection
  }

  /** Those changed last come first. */
  async list(reader: Reader, page: { from: number; size: number }): Promise<{ collections: Collection[]; total: number }> {
    const [collections, total] = await Promise.all([
      this.collections.find({}).readableBy(reader).sort({ updatedAt: -1 }).skip(page.from).limit(page.size).lean<Collection[]>(),
      this.collections.countDocuments({}).readableBy(reader),
    ])
    return { collections, total }
  }

  /** Those that an article is in. */
  containing(reader: Reader, articleId: string): Promise<Collection[]> {
    return this.collections
      .find({ articleIds: articleId })
      .readableBy(reader)
      .sort({ updatedAt: -1 })
      .limit(mostBeside)
      .lean<Collection[]>()
  }

  /** @throws Forbidden when the person reads the collection but may not change it */
  async editable(person: SignedInPerson, slug: string): Promise<Collection> {
    const collection = await this.readable(person, slug)
    if (!may(person, { verb: 'write collection', record: collection }))
      throw new Forbidden('Only its owner, its team and the editors of its organisation can change this collection.')
    return collection
  }

  async create(person: SignedInPerson, { revision: _none, ...content }: CollectionContent): Promise<Collection> {
    const _id = newId()
    const now = this.with.clock.now()
    const made = { ...content, organisationId: person.organisationId }
    const complete = { _id, ...made, readers: readersOfCollection(made), revision: 1, createdAt: now, updatedAt: now }
    return withFreeSlug(content.title, _id, slug => this.write.create({ ...complete, slug }))
  }

  /** @throws Conflict when somebody saved in between; nothing is overwritten */
  async save(person: SignedInPerson, slug: string, { revision, ...content }: CollectionContent): Promise<Collection> {
    const collection = await this.editable(person, slug)
    const readers = readersOfCollection({ ...collection, ...content })
    const change = { $set: { ...content, readers, updatedAt: this.with.clock.now() }, $inc: { revision: 1 } }
    const saved = await this.write.update({ _id: collection._id, revision }, change)
    if (saved === null)
      throw new Conflict('Somebody saved this collection while you were changing it. Open it again, and change it as it is now.')
    await this.narrowFrom(collection, readers)
    return saved
  }

  async remove(person: SignedInPerson, slug: string): Promise<void> {
    const { _id } = await this.editable(person, slug)
    await this.write.erase({ _id })
    await this.with.articleWriting.narrowed('collection', _id).catch(() => undefined)
  }

  /** Those that this administrator may hand over, whether they may read them or not; by title. */
  async ownedBy(administrator: SignedInPerson, ownerIds: readonly string[]): Promise<Collection[]> {
    const owned = await this.collections
      .find({ 'owner.personId': { $in: [...ownerIds] } })
      .asSystem('what somebody owns is counted, and listed by title for those who may read it')
      .lean<Collection[]>()
    return owned
      .filter(record => may(administrator, { verb: 'write collection', record }))
      .sort((a, b) => a.title.localeCompare(b.title, 'en-GB'))
  }

  /** @returns whether it was still the owner's */
  async give({ _id }: Pick<Collection, '_id'>, ownerId: string, owner: Collection['owner']): Promise<boolean> {
    for (let tries = 0; tries < mostTries; tries++) {
      const stillOwned = { _id, 'owner.personId': ownerId }
      const collection = await this.collections.findOne(stillOwned).asSystem('a collection is handed over').lean<Collection>()
      if (collection === null) return false
      const readers = readersOfCollection({ ...collection, owner })
      const change = { $set: { owner, readers }, $inc: { revision: 1 } }
      if ((await this.write.update({ ...stillOwned, revision: collection.revision }, change)) === null) continue
      await this.narrowFrom(collection, readers)
      return true
    }
    return false
  }

  private async narrowFrom(before: Pick<Collection, '_id' | 'readers'>, readers: readonly string[]): Promise<void> {
    if (before.readers.some(token => !readers.includes(token)))
      await this.with.articleWriting.narrowed('collection', before._id).catch(() => undefined)
  }
}
