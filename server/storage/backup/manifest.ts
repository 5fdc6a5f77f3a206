import { createHash } from 'node:crypto'
import { z } from 'zod'

export const formatVersion = 1

const written = z.object({
  file: z.string().regex(/^[^/\\]+\/[^/\\]+$/),
  bytes: z.number().int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
})

const collection = z.object({
  name: z.string().min(1),
  documents: written.extend({ count: z.number().int().min(0) }),
  metadata: written,
})

const draft = z.object({
  format: z.literal('skillpool-backup'),
  version: z.number().int().min(1),
  beganAt: z.iso.datetime(),
  database: z.string().min(1),
  /** Where it is: an address or a folder. */
  origin: z.string(),
  /** "embedded", or "MongoDB 8.0.4". */
  engine: z.string(),
  /** The Skillpool that made it. */
  skillpool: z.string(),
  collections: z.array(collection),
})

const manifest = draft.extend({ endedAt: z.iso.datetime(), sha256: z.string() })
const unfinished = draft.extend({ by: z.object({ holder: z.string(), host: z.string(), pid: z.number().int() }) })

export type BackedUpCollection = z.infer<typeof collection>
/** What is known while a backup is being made. */
export type Draft = z.infer<typeof draft>
/** A draft with who is making it: kept in the folder until it is done, for going on. */
export type Unfinished = z.infer<typeof unfinished>
/** What a backup holds: written last, so that a folder without one is no backup. */
export type Manifest = z.infer<typeof manifest>

/** Completes it, with a checksum of its own. */
export function sealed(made: Draft & { endedAt: string }): Manifest {
  const content = draft.extend({ endedAt: z.iso.datetime() }).parse(made)
  return { ...content, sha256: checksum(content) }
}

/** @throws Error that says in the words of "it …" what is wrong */
export function readManifest(text: string): Manifest {
  const given = json(text)
  const version = z.object({ format: z.literal('skillpool-backup'), version: z.number() }).safeParse(given)
  if (!version.success) throw new Error('is not the manifest of a Skillpool backup')
  if (version.data.version > formatVersion)
    throw new Error(`has the format ${version.data.version}, and this Skillpool knows up to ${formatVersion}: update Skillpool first`)
  const read = manifest.safeParse(given)
  if (!read.success) throw new Error(`lacks what a manifest says (${read.error.issues[0]?.path.join('.')})`)
  const { sha256, ...content } = read.data
  if (checksum(content) !== sha256) throw new Error('has changed since it was written')
  return read.data
}

/** Undefined when it is not one. */
export function readUnfinished(text: string): Unfinished | undefined {
  try {
    return unfinished.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

const checksum = (content: object) => createHash('sha256').update(JSON.stringify(content)).digest('hex')

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error('is not whole: it is no JSON')
  }
}
