import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from './http/projectRoot.ts'

/** Of this Skillpool, as its package names it: "0.1.0". */
export const codeVersion = (JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as { version: string }).version
