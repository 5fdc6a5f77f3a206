// Runs a command from its compiled file. Where the compiler is installed, what changed is built first; a production install (--omit=dev) runs what is there.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const [command, ...rest] = process.argv.slice(2)
const compiler = join(root, 'node_modules/typescript/bin/tsc')

if (existsSync(compiler)) {
  try {
    execFileSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' })
    execFileSync(process.execPath, [join(root, 'dist/scripts/buildAssets.js')], { stdio: 'inherit' })
  } catch {
    console.error('The build failed: see the messages above.')
    process.exit(1)
  }
}

if (command !== '--build-only') {
  const file = join(root, 'dist/scripts', `${command}.js`)
  if (!existsSync(file)) {
    console.error(`${command} is not built. Run "npm ci && npm run build" once, with the development packages installed.`)
    process.exit(1)
  }
  process.argv = [process.argv[0], file, ...rest]
  await import(pathToFileURL(file).href)
}
