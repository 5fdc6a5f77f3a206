import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import mongoose from 'mongoose'
import { NotFound } from '../failures.ts'
import type { FileStore } from './fileStore.ts'

const isFreshSeconds = 300
const yearSeconds = 31_536_000

interface Sent {
  id: string
  /** Another one for other bytes. */
  etag: string
  /** At an address that has never other bytes: kept by every browser and proxy for as long as they like. */
  isForEverybody?: boolean
  /** Somebody's own file, of this name: for saving, and if it is opened all the same, it can do nothing. */
  downloadAs?: string
  /** Where the record that names it knows better than the file. */
  type?: string
}

/**
 * Answers with a file whose reader was asked for already. Kept by their browser alone, for a short while, and not beyond the sign-in; unless it is for everybody.
 * @throws NotFound when it is gone, or a part of it
 */
export async function sendFile(
  req: Request,
  res: Response,
  files: FileStore,
  { id, etag, isForEverybody = false, downloadAs, type }: Sent,
): Promise<void> {
  res.set('ETag', `"${etag}"`)
  if (isForEverybody) res.set('Cache-Control', `public, max-age=${yearSeconds}, immutable`)
  else res.set({ 'Cache-Control': `private, max-age=${isFreshSeconds}`, Vary: 'Cookie' })
  if (req.fresh) return void res.status(304).end()
  const file = await files.find(id)
  if (file === undefined) throw gone(res)
  const bytes = files.read(id)
  // Nothing is sent before the first byte is there.
  await once(bytes, 'readable').catch((error: unknown) => {
    throw error instanceof mongoose.mongo.MongoGridFSChunkError ? gone(res) : error
  })
  if (file.sizeBytes > 0 && bytes.readableLength === 0) throw gone(res)
  if (downloadAs !== undefined) res.attachment(downloadAs).set('Content-Security-Policy', "default-src 'none'; sandbox")
  res.set({ 'Content-Type': type ?? file.type, 'Content-Length': String(file.sizeBytes) })
  await pipeline(bytes, res).catch(unlessTheyWentAway)
}

function unlessTheyWentAway(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

function gone(res: Response): NotFound {
  for (const header of ['ETag', 'Cache-Control']) res.removeHeader(header)
  return new NotFound('There is no such file any more.')
}
