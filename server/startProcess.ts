import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { projectRoot } from './http/projectRoot.ts'

/**
 * Starts a process from a file beside the caller, named without its ending: the compiled .js, or the .ts through tsx. It gets nothing of this one's
 * environment, so no secret of the settings either.
 * @param base  `import.meta.url` of the caller
 */
export function startProcess(name: string, base: string, args: readonly string[], mostHeapMb: number): ChildProcessWithoutNullStreams {
  const ending = base.endsWith('.js') ? 'js' : 'ts'
  const file = fileURLToPath(new URL(`${name}.${ending}`, base))
  const options = [`--max-old-space-size=${mostHeapMb}`, ...(ending === 'ts' ? ['--import', 'tsx'] : [])]
  return spawn(process.execPath, [...options, file, ...args], { cwd: projectRoot, env: {}, stdio: 'pipe' })
}
