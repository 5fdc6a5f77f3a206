import { once } from 'node:events'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import mongoose from 'mongoose'
import { NotFound } from '../failures.ts'
import type { FileStore } from './fileStore.ts'

const isFreshSeconds = 300

/**
 * Answers with a file whose reader was asked for already. Kept by their browser alone, for a short while, and not beyond the sign-in.
 * @param etag  another one for other bytes
 * @throws NotFound when it is gone, or a part of it
 */
export async function sendFile(req: Request, res: Response, files: FileStore, { id, etag }: { id: string; etag: string }): Promise<void> {
  res.set({ 'Cache-Control': `private, max-age=${isFreshSeconds}`, Vary: 'Cookie', ETag: `"${etag}"` })
  if (req.fresh) return void res.status(304).end()
  const file = await files.find(id)
  if (file === undefined) throw gone(res)
  const bytes = files.read(id)
  // Nothing is sent before the first byte is there.
  await once(bytes, 'readable').catch((error: unknown) => {
    throw error instanceof mongoose.mongo.MongoGridFSChunkError ? gone(res) : error
  })
  if (file.sizeBytes > 0 && bytes.readableLength === 0) throw gone(res)
  res.set({ 'Content-Type': file.type, 'Content-Length': String(file.sizeBytes) })
  await pipeline(bytes, res).catch(unlessTheyWentAway)
}

function unlessTheyWentAway(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

function gone(res: Response): NotFound {
  res.removeHeader('ETag')
  return new NotFound('There is no such file any more.')
}
