import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../server/http/projectRoot.ts'

/** The file that `npm run` runs for a command: started from it, a process is there in a third of the time that compiling in memory takes. */
export function compiledCommand(name: string): string {
  const file = join(projectRoot, 'dist', 'scripts', `${name}.js`)
  if (!existsSync(file)) throw new Error(`${file} is not there: npm run build makes it, as npm test does by itself.`)
  return file
}
