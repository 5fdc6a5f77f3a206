import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import mongoose, { type Connection } from 'mongoose'
import { newId } from '../storage/newId.ts'

const bucketName = 'files'

/** What is kept of a file beside its bytes. */
export interface AboutFile {
  /** Says whose it is to know whether it is still used: that of a FileKeeper. */
  purpose: string
  /** The id of the record that names it. */
  subject: string
  /** "image/webp" */
  type: string
}

export interface KeptFile extends AboutFile {
  _id: string
  sizeBytes: number
}

interface StoredFile {
  _id: string
  length: number
  metadata: AboutFile
}

interface StoredChunk {
  _id: string
  files_id: string
  n: number
}

/** Files in the database (GridFS), so that a backup has them and every process reads them. Who may read one is asked of the record that names it. */
export class FileStore {
  private readonly connection: Connection
  private opened?: mongoose.mongo.GridFSBucket

  constructor(connection: Connection) {
    this.connection = connection
  }

  /** @returns the id of the file, which is complete on disk by then; of what could not be received whole nothing stays */
  async keep(bytes: Buffer | Readable, about: AboutFile): Promise<string> {
    const id = newId()
    const upload = this.bucket.openUploadStreamWithId(driverId(id), about.purpose, { metadata: { ...about } })
    try {
      await pipeline(bytes instanceof Readable ? bytes : Readable.from([bytes]), upload)
    } catch (error) {
      await this.remove([id])
      throw error
    }
    return id
  }

  async find(id: string): Promise<KeptFile | undefined> {
    return (await this.named([id]))[0]
  }

  /** Those that are there, in no order. */
  async named(ids: readonly string[]): Promise<KeptFile[]> {
    const found = await this.files.find({ _id: { $in: [...ids] } }).toArray()
    return found.map(({ _id, length, metadata }) => ({ _id, sizeBytes: length, ...metadata }))
  }

  /** The stream fails with MongoGridFSChunkError when a part is missing in the middle, and ends at once when there is none. */
  read(id: string): Readable {
    return this.bucket.openDownloadStream(driverId(id))
  }

  /** The whole of it in memory: see `read`. */
  bytes(id: string): Promise<Buffer> {
    return buffer(this.read(id))
  }

  /** What is interrupted here leaves parts without a file, as an interrupted upload does: they are found by `idsAfter`. */
  async remove(ids: readonly string[]): Promise<void> {
    await this.files.deleteMany({ _id: { $in: [...ids] } })
    await this.chunks.deleteMany({ files_id: { $in: [...ids] } })
  }

  /** The next ids of which there is anything, whole or in parts, made before a time; in order. */
  async idsAfter(id: string, madeBefore: Date, most: number): Promise<string[]> {
    const filter = { files_id: { $gt: id, $lt: firstIdOf(madeBefore) }, n: 0 }
    const parts = await this.chunks.find(filter, { projection: { files_id: 1 }, sort: { files_id: 1, n: 1 }, limit: most }).toArray()
    return parts.map(({ files_id }) => files_id)
  }

  private get bucket() {
    this.opened ??= new mongoose.mongo.GridFSBucket(this.database, { bucketName })
    return this.opened
  }

  private get files() {
    return this.database.collection<StoredFile>(`${bucketName}.files`)
  }

  private get chunks() {
    return this.database.collection<StoredChunk>(`${bucketName}.chunks`)
  }

  private get database() {
    return this.connection.db as mongoose.mongo.Db
  }
}

/** Ids are text everywhere; GridFS takes any, the types of its driver do not say so. */
const driverId = (id: string) => id as unknown as mongoose.mongo.ObjectId

/** Ids begin with the second in which they were made. */
const firstIdOf = (time: Date) => mongoose.mongo.ObjectId.createFromTime(Math.floor(time.getTime() / 1_000)).toHexString()
