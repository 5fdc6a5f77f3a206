import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder with package.json, from the sources as from dist/. */
export const projectRoot = ascend(dirname(fileURLToPath(import.meta.url)))

function ascend(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : ascend(dirname(folder))
}
