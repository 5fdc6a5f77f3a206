import { open, rename } from 'node:fs/promises'

export const manifestName = 'manifest.json'
/** In the folder of a backup that is being made, or was interrupted. */
export const unfinishedName = 'unfinished.json'
/** At the end of a name: not whole yet. */
export const partEnd = '.part'

/** As mongodump names its files, from the folder of the backup. */
export const documentsFile = (database: string, collection: string) => `${database}/${encodeURIComponent(collection)}.bson`
export const metadataFile = (database: string, collection: string) => `${database}/${encodeURIComponent(collection)}.metadata.json`

/** Whole and on disk, or as it was before. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const part = `${path}${partEnd}`
  const file = await open(part, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(part, path)
}
