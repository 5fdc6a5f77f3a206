import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { Worker, type WorkerOptions } from 'node:worker_threads'

/**
 * Starts a worker thread from a file beside the caller, named without its ending: the compiled .js, or, from the sources, the .ts through tsx
 * (which does not reach into worker threads by itself).
 * @param base  `import.meta.url` of the caller
 */
export function startWorker(name: string, base: string, options: WorkerOptions): Worker {
  if (base.endsWith('.js')) return new Worker(new URL(`${name}.js`, base), options)
  const api = pathToFileURL(
    createRequire(base)
      .resolve('tsx/esm/api')
      .replace(/\.cjs$/, '.mjs'),
  ).href
  const [tsx, file] = [api, new URL(`${name}.ts`, base).href].map(address => JSON.stringify(address))
  return new Worker(`import(${tsx}).then(({ register }) => { register(); return import(${file}) })`, { ...options, eval: true })
}
