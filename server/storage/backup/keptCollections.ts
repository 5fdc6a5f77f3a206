import type { Connection } from 'mongoose'

/** A restore must not bring these back: what they say was true of another time, or of another machine. */
export const notKept: readonly string[] = [
  /** Somebody who signed out, or was signed out, stays so. */
  'signIns',
  /** A link that was used once must not work again. */
  'accessLinks',
  /** Addresses of feeds and calendars that somebody ended must not work again. */
  'feedSecrets',
  'calendarSecrets',
  /** A file that waited to be confirmed is sent again. */
  'peopleUploads',
  /** What was to be handed over then is looked at again. */
  'handovers',
  /** Mail that waited then has been sent since, or is no news any more. */
  'mails',
  'tryCounts',
  /** Rights of processes that run, or do not run any more. */
  'leases',
  /** Work that was waiting then has been done since, or is asked for again. */
  'jobs',
  'jobSchedules',
  /** Of a search engine that is filled anew. */
  'searchIndexes',
  'driftWalks',
  /** Of machines that were busy then. */
  'encodingPauses',
]

/** Marks that a restore takes off again, by collection: what they wait for has happened since. */
export const notKeptMarks: Readonly<Record<string, string>> = {
  /** Notifications that were to be mailed. */
  notifications: 'mailDueAt',
}

/** What refers to others is read before them, so that what it names is there when they are read: a later feature's records, then these, in order. */
const lateOnes = ['accounts', 'articles', 'articleRevisions', 'people', 'teams', 'skills', 'organisations', 'settings', 'migrations']
const filesEnd = '.files'
const chunksEnd = '.chunks'

export interface FoundCollection {
  name: string
  options: Record<string, unknown>
}

/** The database's own collections, in the order in which they are backed up; those of MongoDB itself and views are none. */
export async function collectionsOf(connection: Connection): Promise<FoundCollection[]> {
  const found = await connection.db!.listCollections({}, { nameOnly: false }).toArray()
  return found
    .filter(({ name, type }) => type === 'collection' && !name.startsWith('system.'))
    .map(({ name, options }) => ({ name, options: (options ?? {}) as Record<string, unknown> }))
    .sort((a, b) => rank(a.name) - rank(b.name) || (a.name < b.name ? -1 : 1))
}

export const isKept = ({ name }: FoundCollection): boolean => !notKept.includes(name)

function rank(name: string): number {
  if (name.endsWith(filesEnd)) return 1_000
  if (name.endsWith(chunksEnd)) return 1_001
  return lateOnes.indexOf(name) + 1
}
