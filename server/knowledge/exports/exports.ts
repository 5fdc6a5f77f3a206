import { partnershipToken, type Reader, type SignedInPerson } from '../../access/accessTokens.ts'
import { withFrontMatter } from '../../documents/frontMatter.ts'
import type { ZippedFile } from '../../files/zipStream.ts'
import type { Services } from '../../services.ts'
import type { Article } from '../articles/articleModel.ts'
import type { Attachment } from '../attachments/attachmentModel.ts'
import type { Collection } from '../collections/collectionModel.ts'
import type { Revision } from '../revisions/revisionModel.ts'
import { articleFile, idInFiles, revisionFile } from './articleFile.ts'
import { namesInFiles } from './namesInFiles.ts'
import { uniqueNames } from './uniqueNames.ts'

/** What is exported: all that the person may read, or of it an organisation's or a collection's. */
export interface Asked {
  /** Absent, it is whoever has the machine, and all there is. */
  person?: SignedInPerson
  organisationId?: string
  collection?: Collection
}

type Collaborators = Pick<Services, 'models' | 'revisions' | 'attachments' | 'files' | 'bylines' | 'organisations' | 'teams' | 'skills'>

const batchSize = 50
const everybody: Reader = { tokens: [partnershipToken] }
const reason = 'whoever has the machine exports everything'

/** Articles as files of Markdown, with their earlier texts, their attachments, and the collections that put them in order. */
export class Exports {
  private readonly with: Collaborators

  constructor(collaborators: Collaborators) {
    this.with = collaborators
  }

  /** One article alone. */
  async file(article: Article, person: SignedInPerson): Promise<string> {
    return articleFile(article, await namesInFiles([article], [], person, this.with), [])
  }

  /** Whether something among them is OFFICIAL-SENSITIVE, which the name of the archive says. */
  async isSensitive(asked: Asked): Promise<boolean> {
    const query = this.with.models.articles.countDocuments({ ...filterOf(asked), marking: 'OFFICIAL-SENSITIVE' })
    return (await (asked.person ? query.readableBy(asked.person) : query.asSystem(reason))) > 0
  }

  /** Read as they are written: a few articles are in memory at a time. */
  async *files(asked: Asked): AsyncGenerator<ZippedFile> {
    let last = ''
    for (;;) {
      const batch = await this.articlesAfter(last, asked)
      for (const article of batch) yield* this.filesOf(article, asked)
      const end = batch.at(-1)
      if (end === undefined || batch.length < batchSize) break
      last = end._id
    }
    yield* this.collectionFiles(asked)
  }

  private async articlesAfter(id: string, asked: Asked): Promise<Article[]> {
    const query = this.with.models.articles.find({ $and: [filterOf(asked), { _id: { $gt: id } }] })
    const readable = asked.person ? query.readableBy(asked.person) : query.asSystem(reason)
    return readable.sort({ _id: 1 }).limit(batchSize).lean<Article[]>()
  }

  private async *filesOf(article: Article, { person }: Asked): AsyncGenerator<ZippedFile> {
    const offered = (await this.with.attachments.of(article)).filter(({ state }) => state === 'offered')
    const attached = uniqueNames(offered)
    const history = await this.historyOf(article, person)
    const savedByIds = history.map(({ savedById }) => savedById)
    const names = await namesInFiles([article], savedByIds, person ?? everybody, this.with)
    const changedAt = article.updatedAt
    const { slug } = article
    yield { name: `articles/${slug}.md`, changedAt, content: articleFile(article, names, [...attached.values()]) }
    for (const revision of history) {
      const number = String(revision.revision).padStart(4, '0')
      yield { name: `history/${slug}/${number}.md`, changedAt: revision.savedAt, content: revisionFile(article, revision, names) }
    }
    for (const attachment of offered) {
      const name = `attachments/${slug}/${attached.get(attachment._id)}`
      yield { name, changedAt: attachment.addedAt, content: this.bytesOf(attachment) }
    }
  }

  private bytesOf({ fileId }: Attachment): AsyncIterable<Uint8Array> {
    return this.with.files.read(fileId)
  }

  /** Oldest first; empty for what was saved once. */
  private async historyOf(article: Article, person: SignedInPerson | undefined): Promise<Revision[]> {
    if (article.revision === 1) return []
    const found = await (person === undefined ? this.with.revisions.all(article) : this.with.revisions.of(article, person))
    return found.toSorted((a, b) => a.revision - b.revision)
  }

  private async *collectionFiles({ person, collection, organisationId }: Asked): AsyncGenerator<ZippedFile> {
    const filter = {
      ...(collection === undefined ? {} : { _id: collection._id }),
      ...(organisationId === undefined ? {} : { organisationId }),
    }
    const query = this.with.models.collections.find(filter)
    const found = await (person ? query.readableBy(person) : query.asSystem(reason)).sort({ _id: 1 }).lean<Collection[]>()
    for (const one of found)
      yield { name: `collections/${one.slug}.md`, changedAt: one.updatedAt, content: await this.collectionFile(one, person) }
  }

  private async collectionFile(collection: Collection, person: SignedInPerson | undefined): Promise<string> {
    const { title, sourceId, _id, owner, visibility, summary: text, articleIds } = collection
    const query = this.with.models.articles.find({ _id: { $in: articleIds } })
    const articles = await (person ? query.readableBy(person) : query.asSystem(reason)).select({ sourceId: 1 }).lean<Article[]>()
    const byId = new Map(articles.map(article => [article._id, idInFiles(article)]))
    const names = await namesInFiles([collection], [], person ?? everybody, this.with)
    const fields = {
      ...{ title, id: sourceId ?? _id, organisation: names.organisations.get(collection.organisationId) },
      owner: owner.teamId === undefined ? names.people.get(owner.personId) : names.teams.get(owner.teamId),
      visibility,
      chosen: visibility === 'chosen' ? collection.chosenOrganisationIds.flatMap(id => names.organisations.get(id) ?? []) : undefined,
      articles: articleIds.flatMap(id => byId.get(id) ?? []),
    }
    return withFrontMatter({ fields, text })
  }
}

const filterOf = ({ organisationId, collection }: Asked): object => ({
  deletedAt: { $exists: false },
  ...(organisationId === undefined ? {} : { organisationId }),
  ...(collection === undefined ? {} : { _id: { $in: collection.articleIds } }),
})
