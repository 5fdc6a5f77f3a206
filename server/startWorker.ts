import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a worker thread from a file beside the caller, named without its ending: the compiled .js, or, from the sources, what esbuild makes of the
 * .ts (tsx does not reach into worker threads by itself, and taught to each of them it costs more than the thread's own start).
 * @param base  `import.meta.url` of the caller
 */
export function startWorker(name: string, base: string, options: WorkerOptions): Worker {
  if (base.endsWith('.js')) return new Worker(new URL(`${name}.js`, base), options)
  return new Worker(scriptOf(new URL(`${name}.ts`, base)), { ...options, eval: true })
}

const scripts = new Map<string, string>()

/** One script of a worker's own modules, made once in a process; packages are required from where the file is. */
function scriptOf(file: URL): string {
  const known = scripts.get(file.href)
  if (known !== undefined) return known
  const require = createRequire(file)
  const { buildSync } = require('esbuild') as typeof import('esbuild')
  const { outputFiles } = buildSync({
    ...{ entryPoints: [fileURLToPath(file)], bundle: true, packages: 'external', platform: 'node', target: 'node20' },
    ...{ format: 'cjs', sourcemap: 'inline', write: false },
  })
  const [from, modules] = [JSON.stringify(file.href), outputFiles[0]?.text ?? '']
  const script = `((require) => {${modules}\n})(require('node:module').createRequire(${from}))`
  scripts.set(file.href, script)
  return script
}
